//===- NpyTest.cpp - NumPy's file format ----------------------------------===//
#include "runtime/Npy.h"
#include "TestSupport.h"
#include <cstring>

using namespace cria::rt;

namespace {

std::span<const std::byte> bytesOf(const std::string &text) {
  return std::as_bytes(std::span(text));
}

/// A file with this header.
std::string file(const std::string &dict, const std::string &data = "") {
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(dict.size() & 0xff);
  out += static_cast<char>(dict.size() >> 8);
  return out + dict + data;
}

std::string refusal(const std::string &text) {
  return test::errorOf([&] { readNpy(bytesOf(text), "x.npy"); });
}

const std::string good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

} // namespace

TEST_CASE("what npyHeader writes, readNpy reads") {
  for (const std::vector<int64_t> &shape :
       std::vector<std::vector<int64_t>>{{}, {7}, {2, 3}, {1, 0, 5}}) {
    int64_t count = 1;
    for (int64_t extent : shape)
      count *= extent;
    for (const char *dtype : {"f4", "u2", "i8", "b1"}) {
      std::string text = npyHeader(dtype, shape);
      CHECK(text.size() % 64 == 0);
      text += std::string(static_cast<size_t>(count * (dtype[1] - '0')), 'x');
      NpyArray array = readNpy(bytesOf(text), "x.npy");
      CHECK(array.dtype == dtype);
      CHECK(array.shape == shape);
      CHECK(array.elements() == count);
    }
  }
}

TEST_CASE("headers as other programs write them are read") {
  std::string data(24, '\0');
  CHECK(readNpy(bytesOf(file(good, data)), "x").shape == std::vector<int64_t>{2, 3});
  CHECK(refusal(file("{\"shape\":(3,2),\"fortran_order\":False,\"descr\":\"<f4\"}\n", data)) == "");
  CHECK(refusal(file("{'descr': '|V2', 'fortran_order': False, 'shape': (12,)}", data)) == "");
  std::string second = file(good, data);
  second[6] = 2; // a length of four bytes
  second.insert(10, 2, '\0');
  CHECK(refusal(second) == "");
}

TEST_CASE("what is not little-endian, C order and whole is refused") {
  std::string data(24, '\0');
  auto with = [&](const std::string &from, const std::string &to) {
    std::string text = good;
    return file(text.replace(text.find(from), from.size(), to), data);
  };
  CHECK(refusal("") == "x.npy: not a .npy file");
  CHECK(refusal("PK\x03\x04") == "x.npy: not a .npy file");
  CHECK(refusal(with("<f4", ">f4")) ==
        "x.npy: descr: \">f4\" is big-endian; only little-endian is supported");
  CHECK(refusal(with("<f4", "<c8")).starts_with("x.npy: descr: \"<c8\" is not supported"));
  CHECK(refusal(with("'<f4'", "[('a', '<f4')]")) ==
        "x.npy: descr: a structured array is not supported");
  CHECK(refusal(with("False", "True")) ==
        "x.npy: fortran_order: True is not supported; save numpy.ascontiguousarray(x)");
  CHECK(refusal(file(good, data.substr(1))) ==
        "x.npy: has 23 bytes of elements, but its shape and dtype need 24");
  CHECK(refusal(file(good, data + "x")) ==
        "x.npy: has 25 bytes of elements, but its shape and dtype need 24");
  CHECK(refusal(with("(2, 3)", "(9223372036854775807, 3)")) ==
        "x.npy: shape: has too many elements");
  CHECK(refusal(with("(2, 3)", "(-2, 3)")) ==
        "x.npy: not a valid .npy header: shape holds something that is not a size");
  CHECK(refusal(with("'shape'", "'size'")) ==
        "x.npy: not a valid .npy header: field \"size\" is unknown or there twice");
  CHECK(refusal(with("<f4'", "<f4")) != "");
}

TEST_CASE("a file that is cut anywhere is refused") {
  std::string whole = file(good, std::string(24, '\0'));
  for (size_t length = 0; length < whole.size(); ++length)
    CHECK(refusal(whole.substr(0, length)).starts_with("x.npy: "));
  std::string huge = whole;
  huge[6] = 2;
  huge.replace(8, 4, "\xff\xff\xff\xff");
  CHECK(refusal(huge) == "x.npy: a header of 4294967295 bytes is too long");
}
