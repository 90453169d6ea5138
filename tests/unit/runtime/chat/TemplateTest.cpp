//===- TemplateTest.cpp - Marks, bounds and refusals of templates ---------===//
#include "runtime/chat/Template.h"
#include "runtime/chat/Builtin.h"
#include "runtime/chat/FromJson.h"
#include "support/Error.h"
#include <catch2/catch.hpp>
#include <fstream>
#include <set>

using namespace cria;
using namespace cria::rt::chat;

namespace {

Text render(const std::string &source, const std::string &user = "user", std::string json = "") {
  Template::Variables variables{{"u", Value(Text(user, /*user=*/true))}};
  if (!json.empty())
    variables.emplace_back("j", fromJson(json, "j"));
  return Template("t", source).render(variables, Clock::at(2024, 7, 26));
}

/// The text with what is a user's in brackets.
std::string marked(const std::string &source, const std::string &user = "user",
                   std::string json = "") {
  Text text = render(source, user, std::move(json));
  std::string out = text.bytes();
  for (size_t i = text.user().size(); i-- > 0;) {
    out.insert(text.user()[i].end, "]");
    out.insert(text.user()[i].begin, "[");
  }
  return out;
}

std::string refusal(const std::string &source) {
  try {
    render(source);
  } catch (const Error &error) {
    return error.what();
  }
  return "none";
}

} // namespace

TEST_CASE("text of a message stays marked on its way through a template") {
  CHECK(marked("<{{ u }}>") == "<[user]>");
  CHECK(marked("{{ 'a' + u + 'b' ~ u }}") == "a[user]b[user]");
  CHECK(marked("{{ u[1:3] }}|{{ u[0] }}|{{ u[::-1] }}") == "[se]|[u]|[resu]");
  CHECK(marked("{{ u | trim }}|{{ u.strip() }}|{{ u | upper }}", " x ") == "[x]|[x]|[ X ]");
  CHECK(marked("{{ u.split('</think>')[-1] }}", "a</think>b") == "[b]");
  CHECK(marked("{{ u | replace('-', '+') }}", "a-b") == "[a]+[b]");
  CHECK(marked("{{ 'a-b' | replace('-', u) }}") == "a[user]b");
  CHECK(marked("{{ u | tojson }}", "a\"\n") == "\"[a\\\"\\n]\"");
  CHECK(marked("{{ [u, 1] }} {{ j | tojson }}", "a'b", R"({"k": "v"})") ==
        "[\"[a'b]\", 1] {\"k\": \"[v]\"}");
  CHECK(marked("{{ [u, 'x'] | join(', ') }}|{{ ', '.join([u]) }}") == "[user], x|[user]");
  CHECK(
      marked("{% set t %}({{ u }}){% endset %}{{ t }}{% filter upper %}a{{ u }}{% endfilter %}") ==
      "([user])A[USER]");
  CHECK(marked("{% macro m(x) %}<{{ x }}{{ caller() }}>{% endmacro %}"
               "{% call m(u) %}!{{ u }}{% endcall %}") == "<[user]![user]>");
  CHECK(marked("{% for c in u %}{{ c }}.{% endfor %}", "ab") == "[a].[b].");
  CHECK(marked("{{ '{}!'.format(u) }}{{ u * 2 }}") == "[user]![useruser]");
  CHECK(marked("{{ u | indent(1, true) }}|{{ u | title }}", "a\nb") == " [a]\n [b]|[A\nB]");
}

TEST_CASE("what a template cannot do is said with its line and the word") {
  CHECK(refusal("\n\n{{ u | nothing }}") == "t: line 3: unknown filter \"nothing\"");
  CHECK(refusal("{% if x is nothing %}{% endif %}") == "t: line 1: unknown test \"nothing\"");
  CHECK(refusal("a\n{% unknown x %}") == "t: line 2: {% unknown %} is not supported");
  CHECK(refusal("{{ u.nothing(1) }}") == "t: line 1: unknown method \"nothing\"");
  CHECK(refusal("{{ u | trim(1, 2) }}") == "t: line 1: \"trim\" takes 1 arguments, not 2");
  CHECK(refusal("{{ u | tojson(nothing=1) }}") ==
        "t: line 1: \"tojson\" has no argument \"nothing\" there");
  CHECK(refusal("{{ u | replace('a') }}") == "t: line 1: \"replace\" lacks the argument \"new\"");
  CHECK(refusal("{{ lipsum() }}") == "t: line 1: \"lipsum\" is not supported");
  CHECK(refusal("{% for x in u recursive %}{% endfor %}") ==
        "t: line 1: a recursive loop is not supported");
  CHECK(refusal("{{ u\n +\n }}") == "t: line 3: unexpected \"}}\", expected a value");
  CHECK(refusal("{% if u %}") == "t: line 1: a block has no \"endif\"");
  CHECK(refusal("{{ '\\ud800' }}") == "t: line 1: a string has an escape that is not a character");
  CHECK(refusal("\xff") == "t: not valid UTF-8");
}

TEST_CASE("faults while rendering are one line with a place") {
  CHECK(refusal("\n{{ raise_exception('roles\nmust alternate') }}") ==
        "t: line 2: roles?must alternate");
  CHECK(refusal("{{ missing.x }}") == "t: line 1: \"missing\" is undefined");
  CHECK(refusal("{{ u.x.y }}") == "t: line 1: a str has no attribute \"x\"");
  CHECK(refusal("{{\n1 + 'a' }}") == "t: line 2: int + str is not possible");
  CHECK(refusal("{{ 9223372036854775807 + 1 }}") == "t: line 1: an integer is out of range");
  CHECK(refusal("{{ '<' + ('a' | safe) }}").find("escape HTML") != std::string::npos);
  CHECK(refusal("{{ [1].append(2) }}").find("may not do") != std::string::npos);
}

TEST_CASE("no template takes long, much memory or the whole stack") {
  auto repeat = [](const std::string &text, int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
      out += text;
    return out;
  };
  for (const std::string &source :
       {std::string(
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"),
        std::string("{% set n = namespace(x='ab') %}{% for i in range(99) %}"
                    "{% set n.x = n.x + n.x %}{% endfor %}"),
        std::string("{{ 'abcd' * 999999999999 }}"),
        std::string("{{ [1] * 99999999999 }}"),
        std::string("{{ u | indent(99999999999) }}"),
        std::string("{{ [1] | tojson(indent=99999999999) }}"),
        std::string("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
        std::string("{% macro m(x) %}{{ m(x + x) }}{% endmacro %}{{ m('a') }}"),
        std::string("{% set n = namespace(x=[]) %}{% for i in range(9999) %}"
                    "{% set n.x = [n.x, n.x] %}{% endfor %}"),
        std::string(
            "{% set n = namespace(x=[], y=[]) %}{% for i in range(60) %}"
            "{% set n.x = [n.x, n.x] %}{% set n.y = [n.y, n.y] %}{% endfor %}{{ n.x == n.y }}"),
        "{{ " + repeat("(", 99999) + "1" + repeat(")", 99999) + " }}",
        "{{ " + repeat("[", 99999),
        "{{ " + repeat("not ", 99999) + "1 }}",
        "{{ 1" + repeat(" + 1", 99999) + " }}",
        "{{ u" + repeat(" | trim", 99999) + " }}",
        "{{ u" + repeat(".x", 99999) + " }}",
        "{{ " + repeat("-", 99999) + "1 }}",
        repeat("{% if u %}", 99999),
        repeat("{% for x in u %}", 99999),
        "{% if u %}" + repeat("{% elif u %}", 99999) + "{% endif %}"}) {
    INFO(source.substr(0, 60));
    std::string why = refusal(source);
    CHECK(why != "none");
    CHECK(why.find('\n') == why.npos);
  }
  // A namespace that holds itself is no leak, and cannot be printed.
  CHECK(refusal("{% set n = namespace() %}{% set n.n = [n] %}{{ n.n }}") ==
        "t: line 1: a namespace cannot be printed");
}

TEST_CASE("docs/chat.md lists what the tables have") {
  std::ifstream stream(CRIA_SOURCE_DIR "/docs/chat.md");
  std::map<std::string, std::set<std::string>> listed;
  std::string kind;
  for (std::string line; std::getline(stream, line);) {
    size_t end = line.find("**:"), at = 0;
    if (line.starts_with("- **") && end != line.npos) {
      kind = line.substr(4, end - 4);
      at = end;
    } else if (!line.starts_with("  ")) {
      kind.clear();
    }
    for (at = line.find('`', at); at != line.npos && !kind.empty(); at = line.find('`', at + 1)) {
      size_t close = line.find('`', at + 1);
      listed[kind].insert(line.substr(at + 1, close - at - 1));
      at = close;
    }
  }
  auto names = [](std::span<const Builtin> table) {
    std::set<std::string> out;
    for (const Builtin &row : table)
      out.insert(std::string(row.name));
    return out;
  };
  CHECK(listed["Filters"] == names(filters()));
  CHECK(listed["Tests"] == names(tests()));
  CHECK(listed["Functions"] == names(functions()));
  CHECK(listed["Methods of strings"] == names(textMethods()));
}
