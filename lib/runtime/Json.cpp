//===- Json.cpp - JSON from files that are not trusted --------------------===//
#include "runtime/Json.h"
#include "runtime/Fail.h"
#include "runtime/FileContent.h"
#include <unordered_set>
#include <vector>

namespace cria::rt {

using nlohmann::json;

namespace {

/// Looks at a document before it is built. (The parser's own callbacks look through all
/// siblings at the end of each object, which takes quadratic time.)
class Check : public nlohmann::json_sax<json> {
public:
  Check(std::string_view text, std::string_view file, int maxDepth, JsonRules rules)
      : text_(text), file_(file), maxDepth_(maxDepth), rules_(rules) {}

  bool start_object(std::size_t) override {
    keys_.emplace_back();
    return open();
  }
  bool end_object() override {
    keys_.pop_back();
    return close();
  }
  bool key(std::string &key) override {
    if (!keys_.back().insert(key).second && rules_ == JsonRules::strict)
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
    if (auto clause = recogniseContent(text_); !clause.empty())
      fail("{} {}", file_, clause);
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

  std::string_view text_, file_;
  int maxDepth_, depth_ = 0;
  JsonRules rules_;
  std::vector<std::unordered_set<std::string>> keys_; ///< of the objects that are open
};

/// `text` with quotes around the numbers that only Python knows.
std::string quoteSpecialNumbers(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool inString = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (inString && c == '\\' && i + 1 < text.size()) {
      out += c;
      out += text[++i];
      continue;
    }
    if (c == '"')
      inString = !inString;
    std::string_view word;
    if (!inString)
      for (std::string_view special : {"-Infinity", "Infinity", "NaN"})
        if (word.empty() && text.substr(i).starts_with(special))
          word = special;
    if (word.empty()) {
      out += c;
      continue;
    }
    out.append(1, '"').append(word).append(1, '"');
    i += word.size() - 1;
  }
  return out;
}

json parse(std::string_view text, std::string_view file, int maxDepth, JsonRules rules) {
  Check check(text, file, maxDepth, rules);
  json::sax_parse(text.begin(), text.end(), &check);
  return json::parse(text.begin(), text.end());
}

} // namespace

json parseJson(std::string_view text, std::string_view file, int maxDepth, JsonRules rules) {
  bool special = rules == JsonRules::python &&
                 (text.find("NaN") != text.npos || text.find("Infinity") != text.npos);
  return special ? parse(quoteSpecialNumbers(text), file, maxDepth, rules)
                 : parse(text, file, maxDepth, rules);
}

} // namespace cria::rt
