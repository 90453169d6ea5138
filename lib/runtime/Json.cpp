#include "runtime/Json.h"
#include "runtime/Fail.h"
#include <set>
#include <vector>

namespace cria::rt {

using nlohmann::json;

json parseJson(std::string_view text, std::string_view file, int maxDepth) {
  std::vector<std::set<std::string>> keys; // of the objects that are open
  auto check = [&](int depth, json::parse_event_t event, json &parsed) {
    switch (event) {
    case json::parse_event_t::object_start:
      keys.emplace_back();
      [[fallthrough]];
    case json::parse_event_t::array_start:
      if (depth >= maxDepth)
        fail("{}: JSON is nested deeper than {} levels", file, maxDepth);
      break;
    case json::parse_event_t::object_end:
      keys.pop_back();
      break;
    case json::parse_event_t::key: {
      const auto &key = parsed.get_ref<const std::string &>();
      if (!keys.back().insert(key).second)
        fail("{}: key \"{}\" is given twice", file, printable(key));
      break;
    }
    default:
      break;
    }
    return true;
  };
  try {
    return json::parse(text.begin(), text.end(), check);
  } catch (const json::parse_error &error) {
    fail("{}: not valid JSON at byte {}", file, error.byte);
  } catch (const json::exception &) { // a number out of range
    fail("{}: not valid JSON", file);
  }
}

} // namespace cria::rt
