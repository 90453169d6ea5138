//===- Files.cpp - A checkpoint's tensors, for the reference --------------===//
#include "verify/Files.h"
#include "support/Error.h"
#include "verify/Document.h"
#include "verify/Stored.h"

namespace cria::verify {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

[[noreturn]] void refuse(const fs::path &file, const std::string &why) {
  throw Error(file.string() + ": " + why);
}

std::optional<Format> formatNamed(const std::string &name) {
  if (name == "F64")
    return Format::f64;
  if (name == "F32")
    return Format::f32;
  if (name == "F16")
    return Format::f16;
  if (name == "BF16")
    return Format::bf16;
  return std::nullopt; // such as an integer buffer, which no block reads
}

} // namespace

Files::Files(const fs::path &path) : source(path.string()) {
  fs::path single = path / "model.safetensors", index = path / "model.safetensors.index.json";
  if (!fs::is_directory(path))
    (path.extension() == ".json" ? index : single) = path;
  if (path.extension() != ".json" && fs::exists(single))
    tensors = readFile(single);
  else
    readIndex(index);
}

Files::Header Files::readFile(const fs::path &file) {
  auto [memory, bytes] = mapFile(file);
  mappings.push_back(memory);
  std::uint64_t length = 0;
  for (int i = 7; i >= 0; --i)
    length = length << 8 | bytes[std::size_t(i)];
  if (length > bytes.size() - 8)
    refuse(file, "the header passes the end of the file");
  auto data = bytes.subspan(8 + length);
  json document = parseDocument({reinterpret_cast<const char *>(bytes.data()) + 8, length}, file);
  Header header;
  for (const auto &[name, item] : document.items()) {
    if (name == "__metadata__")
      continue;
    std::optional<Format> format = formatNamed(item.at("dtype").get<std::string>());
    if (!format)
      continue;
    auto shape = item.at("shape").get<std::vector<std::int64_t>>();
    auto [begin, end] = item.at("data_offsets").get<std::pair<std::uint64_t, std::uint64_t>>();
    std::uint64_t size = std::uint64_t(bytesOf(*format));
    for (std::int64_t extent : shape)
      if (extent < 0 || __builtin_mul_overflow(size, std::uint64_t(extent), &size))
        refuse(file, "tensor " + name + ": its shape is not valid");
    if (begin > end || end > data.size() || end - begin != size)
      refuse(file, "tensor " + name + ": data_offsets do not fit its shape or the file");
    header[name] = {*format, std::move(shape), data.data() + begin};
  }
  return header;
}

void Files::readIndex(const fs::path &index) {
  json document = readDocument(index);
  std::map<std::string, Header> files;
  for (const auto &[name, file] : document.at("weight_map").items())
    if (auto part = file.get<std::string>(); !files.contains(part))
      files[part] = readFile(index.parent_path() / part);
  for (const auto &[name, file] : document.at("weight_map").items())
    if (auto found = files[file.get<std::string>()].find(name);
        found != files[file.get<std::string>()].end())
      tensors.insert(*found);
  for (const auto &[part, header] : files) // those that the index does not name, or elsewhere
    tensors.insert(header.begin(), header.end());
}

const Files::Entry *Files::lookUp(const std::string &name) const {
  const std::string prefix = "model.";
  for (const std::string &spelling :
       {name, prefix + name, name.starts_with(prefix) ? name.substr(prefix.size()) : name})
    if (auto found = tensors.find(spelling); found != tensors.end())
      return &found->second;
  return nullptr;
}

std::optional<Format> Files::format(const std::string &name) const {
  const Entry *entry = lookUp(name);
  return entry ? std::optional(entry->format) : std::nullopt;
}

std::unique_ptr<Tensor> Files::find(const std::string &name,
                                    const std::vector<std::int64_t> &shape) const {
  const Entry *entry = lookUp(name);
  if (!entry)
    refuse(source, "tensor " + name + " is missing");
  if (entry->shape != shape)
    refuse(source, "tensor " + name + ": its shape is not what config.json says");
  return storedTensor(entry->format, entry->data);
}

} // namespace cria::verify
