// Whatever a template says: text within bounds, or a cria::Error of one line; and what a user wrote
// stays marked.
#include "FuzzSupport.h"
#include "runtime/Utf8.h"
#include "runtime/chat/ChatTemplate.h"

using namespace cria;
using namespace cria::rt::chat;

static const std::string good =
    R"({%- macro m(a, b=2) %}<{{ a }}{{ b }}{{ caller() }}>{% endmacro %}
{%- set ns = namespace(n=0, s='') -%}
{{ bos_token }}{# comment #}
{% for message in messages[1:] if message.role != 'system' %}
  {%- if loop.first or message['role'] == 'user' and not loop.last -%}
    {{- '<|' + message.role ~ '|>\n' + message.content | trim | replace('a', "b") }}
  {%- elif message.content is string %}
    {%- set ns.n = ns.n + loop.index0 // 2 % 3 -%}{% continue %}
  {%- else -%}{% break %}{%- endif %}
{% endfor %}
{%- set x %}{{ {'k': [1, 2.5, none, true], 'u': messages} | tojson(indent=2) }}{% endset -%}
{% filter upper %}{{ x.split('\n')[-1:] | join(', ') }}{% endfilter %}
{%- call m(range(3) | map('string') | list) %}{{ strftime_now('%d %b %Y') }}{% endcall %}
{%- generation %}{{ ns.n if ns.n > 1 else messages[0].content[::-1] }}{% endgeneration %})";

/// The mark, checked from the outside: a word that the template does not have is always marked.
static void checkMarks(const Text &text, std::string_view word) {
  for (size_t at = text.find(word); at != Text::npos; at = text.find(word, at + 1)) {
    bool marked = false;
    for (auto range : text.user())
      marked |= range.begin <= at && at + word.size() <= range.end;
    if (!marked)
      std::abort();
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  constexpr std::string_view word = "\x01user\x01";
  FuzzedDataProvider data(bytes, size);
  std::string source = fuzz::changed(good, data);
  fuzz::tolerate([&] {
    ChatTemplate chat({"t", source, "", {{"bos_token", "<s>"}}});
    Message messages[] = {{"system", "be"}, {"user", std::string(word)}, {"assistant", " ab "}};
    Text text = chat.render(messages, {Clock::at(2024, 7, 26), {}});
    if (rt::repairUtf8(text.bytes()) != text.bytes())
      std::abort();
    // The template can write the word itself by escapes only.
    bool ownWord = source.find('\x01') != source.npos;
    for (const char *escape : {"\\x", "\\u", "\\U", "\\0", "\\1"})
      ownWord |= source.find(escape) != source.npos;
    if (!ownWord)
      checkMarks(text, word);
  });
  return 0;
}
