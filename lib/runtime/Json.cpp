#include "runtime/Json.h"
#include "runtime/Fail.h"
#include <unordered_set>
#include <vector>

namespace cria::rt {

using nlohmann::json;

namespace {

/// Looks at a document before it is built. (The parser's own callbacks look through all
/// siblings at the end of each object, which takes quadratic time.)
class Check : public nlohmann::json_sax<json> {
public:
  Check(std::string_view file, int maxDepth) : file_(file), maxDepth_(maxDepth) {}

  bool start_object(std::size_t) override {
    keys_.emplace_back();
    return open();
  }
  bool end_object() override {
    keys_.pop_back();
    return close();
  }
  bool key(std::string &key) override {
    if (!keys_.back().insert(key).second)
      fail("{}: key \"{}\" is given twice", file_, printable(key));
    return true;
  }
  bool start_array(std::size_t) override { return open(); }
  bool end_array() override { return close(); }

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(std::int64_t) override { return true; }
  bool number_unsigned(std::uint64_t) override { return true; }
  bool number_float(double, const std::string &) override { return true; }
  bool string(std::string &) override { return true; }
  bool binary(json::binary_t &) override { return true; }

  /// Also for a number out of range.
  bool parse_error(std::size_t position, const std::string &,
                   const nlohmann::detail::exception &) override {
    fail("{}: not valid JSON at byte {}", file_, position);
  }

private:
  bool open() {
    if (++depth_ > maxDepth_)
      fail("{}: JSON is nested deeper than {} levels", file_, maxDepth_);
    return true;
  }
  bool close() {
    --depth_;
    return true;
  }

  std::string_view file_;
  int maxDepth_, depth_ = 0;
  std::vector<std::unordered_set<std::string>> keys_; ///< of the objects that are open
};

} // namespace

json parseJson(std::string_view text, std::string_view file, int maxDepth) {
  Check check(file, maxDepth);
  json::sax_parse(text.begin(), text.end(), &check);
  return json::parse(text.begin(), text.end());
}

} // namespace cria::rt
