"""Small templates, each for one corner of Jinja; chat_goldens.py renders them.

The variables: x = 3, name = "Ada", none_value = None, list = [3, 1, 2], dict = {"b": 1, "a": [1, 2]},
people = three dicts, text = a string with space at its ends, letters outside ASCII and quotes.
"""

VARIABLES = {
    "x": 3, "name": "Ada", "none_value": None, "list": [3, 1, 2], "dict": {"b": 1, "a": [1, 2]},
    "people": [{"name": "Bo", "age": 3, "tags": ["p"]}, {"name": "al", "age": 1}, {"name": "Cy", "age": 2, "tags": []}],
    "text": "  Hä \"q\" 'r'\n世界 😀\tend \n", "real": 2.5, "yes": True, "items": {"items": 7, "k": "v"},
}

OPERATORS = """
{{ 1 + 2 * 3 - 4 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ 2 ** 10 }} {{ 2 ** -1 }}
{{ 7 / 2 }} {{ 6 / 2 }} {{ 7.5 // 2 }} {{ -7.5 % 2 }} {{ 1e16 }} {{ 1e15 }} {{ 0.0001 }} {{ 0.00001 }} {{ 1.0 }} {{ 1e-7 }}
{{ -2 ** 2 }} {{ 2 ** 3 ** 2 }} {{ - x }} {{ + x }} {{ -x | abs }} {{ 10 - 3 - 2 }} {{ 1_000 }} {{ 0.1 + 0.2 }}
{{ 'a' ~ 1 ~ none ~ true ~ 1.5 }} {{ 'a' + 'b' * 3 }} {{ [1] + [2, 3] }} {{ (1,) + (2,) }} {{ [0] * 3 }} {{ 3 * 'ab' }}
{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 1 == 1.0 }} {{ true == 1 }} {{ 'a' < 'b' }} {{ [1, 2] < [1, 3] }} {{ 'Z' < 'a' }}
{{ 2 in list }} {{ 5 not in list }} {{ 'd' in name }} {{ 'b' in dict }} {{ not 2 in list }} {{ 1 in (1, 2) }}
{{ true and 'yes' }} {{ '' or 'else' }} {{ 0 and 1 }} {{ none or 0 }} {{ not '' }} {{ not x == 3 }} {{ true + true }}
{{ 'a' if x > 2 else 'b' }} {{ 'a' if x > 5 }} {{ 1 if false else 2 if false else 3 }} {{ (1 if true) }}
{{ undefined_name }} {{ undefined_name ~ 'x' }} {{ undefined_name == other_name }} {{ undefined_name + 1 }} {{ undefined_name.x }} {{ undefined_name[0] }}
{{ [undefined_name] }} {{ undefined_name or 'other' }} {{ none + 1 }} {{ 'a' + 1 }} {{ [1] + (2,) }} {{ 1 / 0 }} {{ 1 // 0 }} {{ 1.5 % 0 }}
{{ 1 < 'a' }} {{ none < 1 }} {{ 1 in 'abc' }} {{ 1 in 5 }} {{ -'a' }} {{ 'a' * 1.5 }} {{ 5 in none_value }}
{{ x.y }} {{ x.y.z }} {{ none_value.x }} {{ name.nothing }} {{ dict.b }} {{ dict['b'] }} {{ dict.missing }} {{ dict['missing'] is defined }}
{{ items.items is callable }} {{ items['items'] }} {{ items.k }} {{ items['keys'] is callable }} {{ dict.items() | list }} {{ dict.get('z', 4) }} {{ dict.get('z') }}
{{ list[0] }} {{ list[-1] }} {{ list[9] }} {{ list[9] is defined }} {{ list.0 }} {{ name[0] }} {{ name[-1] }} {{ name[7] }} {{ list['a'] }}
{{ list[1:] }} {{ list[:-1] }} {{ list[::-1] }} {{ list[::2] }} {{ list[5:] }} {{ list[-2:] }} {{ list[2:0:-1] }} {{ (1, 2, 3)[1:] }} {{ list[:] }}
{{ text[2:5] }} {{ text[::-1] }} {{ text[-4:-1] }} {{ name[1:99] }} {{ name[::2] }} {{ 'äöü'[1] }} {{ 'äöü'[-2:] }} {{ list[::0] }} {{ x[1:] is defined }}
{{ "a" "b" 'c' }} {{ 'it\\'s' }} {{ "tab\\tnew\\nquote" }} {{ '\\x41\\u00e9\\U0001F600' }} {{ '\\101' }} {{ '\\q' }} {{ '\\\\' }}
{{ {'a': 1, 'b': {'c': [1, 'x']}} }} {{ {} }} {{ [] }} {{ () }} {{ (1,) }} {{ (1, 'a', none, true, 1.5) }} {{ [1, [2, [3]]] }}
{{ {'a': 1}['a'] }} {{ {'a': 1}.a }} {{ {1: 2}[1] }} {{ {1: 'x', true: 'y'} }} {{ [1, 2,] }} {{ {'a': 1,} }} {{ 1, 2 }}
{{ ['it', "it's", 'a"b', "'\\""] }} {{ ['tab\\t', 'new\\n', 'back\\\\', '\\x01', 'é', '世'] }} {{ text | list | length }} {{ ['\\x7f'] }}
{{ range(3) }} {{ range(1, 4) | list }} {{ range(5, 0, -2) | list }} {{ range(3)[1] }} {{ range(0) | list }} {{ range(10) | length }} {{ range(200000) }}
{{ raise_exception('stop here') }} {{ strftime_now('%Y-%m-%d %H:%M:%S %A %B %j %y %b %a %%') }} {{ strftime_now('%d %b %Y') }} {{ strftime_now('[%Z%z]') }}
{{ dict is defined }} {{ range is callable }} {{ x is defined and x is number }} {{ namespace is defined }} {{ loop is defined }}
{{ x is not none }} {{ none_value is none }} {{ name is string }} {{ list is iterable }} {{ name is sequence }} {{ dict is mapping }} {{ dict is sequence }} {{ x is iterable }}
{{ 4 is even }} {{ 3 is odd }} {{ 9 is divisibleby 3 }} {{ 9 is divisibleby(2) }} {{ 1 is sameas 1.0 }} {{ true is sameas true }} {{ 3 is in [1, 3] }} {{ 3 is eq 3 }} {{ 3 is gt 2 }}
{{ true is boolean }} {{ 1 is boolean }} {{ true is integer }} {{ 1 is integer }} {{ 1.0 is float }} {{ true is number }} {{ false is false }} {{ 0 is false }} {{ 1 is true }} {{ undefined_name is undefined }}
{{ undefined_name is iterable }} {{ undefined_name is sequence }} {{ undefined_name is string }} {{ none is sequence }} {{ range(2) is sequence }} {{ dict.items() is sequence }} {{ list | map('string') is iterable }}
{{ 'trim' is filter }} {{ 'nothing' is filter }} {{ x is not string and name is string }} {{ not x is string }} {{ x is string or x is number }}
"""

FILTERS = """
{{ text | trim }} {{ 'xxaxx' | trim('x') }} {{ 5 | trim }} {{ text | length }} {{ list | length }} {{ dict | count }} {{ 5 | length }} {{ undefined_name | length }} {{ none | length }}
{{ undefined_name | default('d') }} {{ none_value | default('d') }} {{ none_value | default('d', true) }} {{ '' | d('e', boolean=true) }} {{ x | default(1) }} {{ undefined_name | default }}
{{ name | upper }} {{ name | lower }} {{ 'äÖß' | upper }} {{ 'ÄÖ' | lower }} {{ 'hello wORLD-foo (bar)' | title }} {{ 'hELLO' | capitalize }} {{ '' | capitalize }} {{ 'привет' | upper }}
{{ 'a-b-c' | replace('-', '+') }} {{ 'a-b-c' | replace('-', '+', 1) }} {{ 'aaa' | replace('aa', 'b') }} {{ 'abc' | replace('', '.') }} {{ 'abc' | replace('', '.', 2) }} {{ 5 | replace('5', 'x') }}
{{ list | join(', ') }} {{ list | join }} {{ people | join('/', attribute='name') }} {{ 'abc' | join('-') }} {{ [] | join(',') }} {{ undefined_name | join(',') }} {{ dict | join('|') }} {{ 5 | join }}
{{ list | first }} {{ list | last }} {{ [] | first }} {{ name | first }} {{ name | last }} {{ dict | first }} {{ list | sort }} {{ list | sort(reverse=true) }} {{ ['b', 'A', 'a', 'B'] | sort }}
{{ ['b', 'A', 'a', 'B'] | sort(case_sensitive=true) }} {{ people | sort(attribute='age') | map(attribute='name') | join(',') }} {{ [1, 'a'] | sort }} {{ list | reverse | list }} {{ name | reverse }}
{{ list | min }} {{ list | max }} {{ [] | max }} {{ list | sum }} {{ people | sum(attribute='age') }} {{ [1.5, 2] | sum }} {{ ['A', 'b'] | max }} {{ people | max(attribute='age') }} {{ ['a'] | sum }}
{{ [1, 2, 1, 3, 2] | unique | list }} {{ ['a', 'A', 'b'] | unique | list }} {{ ['a', 'A'] | unique(case_sensitive=true) | list }} {{ [[1], [1]] | unique | list }}
{{ people | map(attribute='name') | list }} {{ people | map(attribute='tags', default='-') | list }} {{ ['a', 'b'] | map('upper') | list }} {{ list | map('string') | join }} {{ ['a-b'] | map('replace', '-', '+') | list }} {{ list | map('nothing') | list }}
{{ people | selectattr('tags') | map(attribute='name') | list }} {{ people | selectattr('age', 'gt', 1) | map(attribute='name') | list }} {{ people | rejectattr('tags', 'defined') | map(attribute='name') | list }} {{ people | selectattr('name', 'equalto', 'Bo') | list | length }}
{{ [1, 0, 2, none] | select | list }} {{ [1, 2, 3, 4] | select('even') | list }} {{ [1, 2, 3, 4] | reject('even') | list }} {{ [1, 2, 3] | reject('equalto', 2) | list }} {{ [1, 2, 3] | select('in', [1, 3]) | list }} {{ list | selectattr | list }}
{{ dict | dictsort }} {{ dict | dictsort(reverse=true) }} {{ {'b': 1, 'A': 2} | dictsort }} {{ {'b': 2, 'a': 3} | dictsort(by='value') }} {{ dict | items | list }} {{ undefined_name | items | list }} {{ 5 | items | list }} {{ 5 | dictsort }}
{{ '42' | int }} {{ ' 42 ' | int }} {{ '4.7' | int }} {{ 'x' | int }} {{ 'x' | int(7) }} {{ 4.9 | int }} {{ -4.9 | int }} {{ true | int }} {{ none | int }} {{ '+5' | int }} {{ '-5' | int }} {{ '' | int(3) }} {{ [] | int }}
{{ '1.5' | float }} {{ 'x' | float }} {{ 'x' | float(2.5) }} {{ 3 | float }} {{ '1e3' | float }} {{ 2.675 | round(2) }} {{ 2.5 | round }} {{ 3.5 | round }} {{ 2.1 | round(method='ceil') }} {{ 2.9 | round(0, 'floor') }} {{ 42 | round }} {{ -3 | abs }} {{ -2.5 | abs }}
{{ x | string + 'a' }} {{ [1, 'a'] | string }} {{ none | string }} {{ name | list }} {{ dict | list }} {{ 5 | list }} {{ (1, 2) | list }} {{ list | string | length }}
{{ 'a\\nb\\n\\nc' | indent }} {{ 'a\\nb' | indent(2, first=true) }} {{ 'a\\n\\nb' | indent(2, blank=true) }} {{ 'a\\nb' | indent('> ') }} {{ 'a\\nb\\n' | indent(1) }} {{ '' | indent(2, true) }}
{{ dict | tojson }} {{ text | tojson }} {{ text | tojson(ensure_ascii=true) }} {{ {'a': [1, {'b': none}], 'c': {}} | tojson(indent=2) }} {{ [] | tojson(indent=2) }} {{ [1, 2] | tojson(separators=(',', ':')) }} {{ {'b': 1, 'a': 2} | tojson(sort_keys=true) }}
{{ [true, false, none, 1.0, 1e20, -0.5, 'é', '<&>'] | tojson }} {{ {1: 2, none: 3, true: 4} | tojson }} {{ (1, 2) | tojson }} {{ '\\x01\\x1f\\x7f\\u2028' | tojson }} {{ '\\x7f😀' | tojson(true) }} {{ undefined_name | tojson }} {{ range(2) | tojson }} {{ [1] | tojson(indent='--') }} {{ [[1]] | tojson(indent=0) }}
{{ '<b>' | safe }} {{ ('<b>' | safe) ~ '<i>' }} {{ dict | tojson | safe }} {{ 'a' | safe + 'b' }} {{ 'a' | nothing_known | upper if false }}
{{ 'a' | upper | lower ~ 'B' }} {{ (1 + 2) | string }} {{ -1 | abs }} {{ [3, 1] | sort | first }} {{ 'x' | default('y') | upper }} {{ list | map('int') | sum }}
"""

METHODS = """
{{ text.strip() }} {{ 'xxaxx'.strip('x') }} {{ 'xya'.lstrip('yx') }} {{ 'ayx'.rstrip('xy') }} {{ ' a '.lstrip() }}|{{ ' a '.rstrip() }}| {{ 'a\\u00a0\\u2003'.strip() }}| {{ '\\x1c a'.strip() }}
{{ 'a,b,,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ ' a  b c '.split() }} {{ ' a  b c '.split(none, 1) }} {{ 'abc'.split('x') }} {{ ''.split(',') }} {{ ''.split() }} {{ 'a,b'.split(sep=',') }} {{ 'a b c'.split(maxsplit=1) }} {{ 'a'.split('') }}
{{ 'a,b,c'.rsplit(',', 1) }} {{ ' a b  c '.rsplit(none, 1) }} {{ 'aaa'.rsplit('aa', 1) }} {{ 'aaaa'.split('aa') }} {{ 'a</think>b</think>c'.split('</think>')[-1] }} {{ 'a\\nb\\r\\nc\\u2028d'.splitlines() }} {{ 'a\\n'.splitlines() }}
{{ name.startswith('A') }} {{ name.startswith(('x', 'Ad')) }} {{ name.endswith('da') }} {{ name.endswith('') }} {{ name.upper() }} {{ name.lower() }} {{ 'hello World'.capitalize() }} {{ name.find('d') }} {{ name.find('z') }} {{ 'äa'.find('a') }} {{ name.index('z') }}
{{ 'a-b'.replace('-', '+') }} {{ 'a-b-c'.replace('-', '', 1) }} {{ ', '.join(['a', 'b']) }} {{ ','.join([1]) }} {{ ''.join('abc') }} {{ 'banana'.count('an') }} {{ 'aaa'.count('aa') }} {{ 'abc'.count('') }} {{ 'äöü'.count('') }} {{ name.rfind('a') }}
{{ 'a=b=c'.partition('=') }} {{ 'a=b=c'.rpartition('=') }} {{ 'abc'.partition('=') }} {{ 'abc'.rpartition('=') }} {{ 'prefix-x'.removeprefix('prefix-') }} {{ 'x.txt'.removesuffix('.txt') }} {{ 'x'.removeprefix('y') }}
{{ '12'.isdigit() }} {{ ''.isdigit() }} {{ 'a1'.isalnum() }} {{ 'ab'.isalpha() }} {{ ' \\t'.isspace() }} {{ ''.isspace() }} {{ '{} and {}'.format(1, 'b') }} {{ '{0}{0}{a}'.format('x', a=2) }} {{ '{{}}'.format() }} {{ '{}'.format() }}
{{ dict.keys() | list }} {{ dict.values() | list }} {{ dict.items() | length }} {{ dict.items()[0] }} {{ dict.get('a')[0] }} {{ dict.copy() }} {{ list.index(2) }} {{ list.count(1) }} {{ list.index(9) }} {{ (1, 1).count(1) }}
{{ list.append(4) }} {{ dict.update({}) }} {{ dict.pop('a') }} {{ list.append is defined }} {{ list.sort() }} {{ name.__class__ }} {{ ''.__class__ is defined }} {{ dict._private is defined }} {{ {'_k': 1}._k }} {{ {'_k': 1}['_k'] }}
{{ x() }} {{ name() }} {{ undefined_name() }} {{ name.upper(1) }} {{ name.replace('a') }} {{ dict.get() }}
"""

STATEMENTS = [
    "{% for i in list %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }};{% endfor %}",
    "{% for i in list %}{{ loop.previtem }}<{{ i }}>{{ loop.nextitem }},{% endfor %}",
    "{% for i in list %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }}{% endfor %}",
    "{% for i in list %}{{ loop.cycle('a', 'b') }}{{ loop.changed(i > 1) }}{{ loop.depth }}{{ loop.depth0 }}{% endfor %}",
    "{% for i in list if i > 1 %}{{ loop.index }}/{{ loop.length }}:{{ i }}{{ loop.last }} {% endfor %}",
    "{% for i in list if i > 7 %}{{ i }}{% else %}none{% endfor %}{% for i in [] %}{% else %}empty{% endfor %}",
    "{% set ns = namespace(n=0) %}{% for i in [1, 2, 3] if ns.n < 2 %}{% set ns.n = ns.n + 1 %}{{ i }}{% endfor %}",
    "{% set ns = namespace(n=0) %}{% for i in [1, 2, 3] if ns.n < 2 %}{{ loop.last }}{% set ns.n = ns.n + 1 %}{{ i }}{% endfor %}",
    "{% for k, v in dict.items() %}{{ k }}={{ v }};{% endfor %}{% for k in dict %}{{ k }}{% endfor %}",
    "{% for a, b in [(1, 2), [3, 4], 'xy'] %}{{ a }}{{ b }}{% endfor %}",
    "{% for a, b in [(1, 2, 3)] %}{{ a }}{% endfor %}",
    "{% for a, b in [1] %}{{ a }}{% endfor %}",
    "{% for c in 'hä😀' %}{{ c }}.{% endfor %}{% for i in range(3) %}{{ i }}{% endfor %}{% for i in undefined_name %}x{% endfor %}",
    "{% for i in 5 %}x{% endfor %}",
    "{% for i in none_value %}x{% endfor %}",
    "{% for i in [1, 2, 3, 4] %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}",
    "{% for i in [1, 2] %}{% for j in [1, 2] %}{{ loop.index }}{% if j == 1 %}{% break %}{% endif %}{% endfor %}{{ loop.index }};{% endfor %}",
    "{% set y = 1 %}{% for i in list %}{% set y = y + i %}{{ y }}{% endfor %}{{ y }}",
    "{% set y = 1 %}{% if true %}{% set y = 2 %}{% endif %}{{ y }}",
    "{% for i in [1] %}{% set inner = 5 %}{% endfor %}{{ inner }}{{ inner is defined }}",
    "{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set a, b = b, a %}{{ a }}{{ b }}",
    "{% set a = 1, 2 %}{{ a }}{% set (b, c) = [3, 4] %}{{ b }}{{ c }}",
    "{% set ns = namespace(a=1, b='x') %}{% set ns.a = 2 %}{% set ns.c = 3 %}{{ ns.a }}{{ ns.b }}{{ ns.c }}{{ ns['a'] }}{{ ns.d is defined }}",
    "{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a }}{{ ns.b }}{% set other = dict %}{% set other.b = 4 %}",
    "{% set d = dict %}{{ d.b }}{% set undefined_ns.x = 1 %}",
    "{% set ns = namespace(_a=1) %}",
    "{% set text2 %}<{{ x }}>{% set hidden = 1 %}{% endset %}{{ text2 }}{{ text2 is string }}{{ hidden is defined }}",
    "{% set t | upper | replace('A', 'b') %}a{{ x }}a{% endset %}{{ t }}",
    "{% filter upper %}a{{ x }}b{% endfilter %}{% filter replace('a', 'b') | upper %}aa{% endfilter %}",
    "{% with a = 1, b = x %}{{ a }}{{ b }}{% set c = 2 %}{% endwith %}{{ a is defined }}{{ c is defined }}",
    "{% macro m(a, b=2, c='x') %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(a=1, c=4) }}{{ m() }}",
    "{% macro m(a) %}{{ a is defined }}{{ a }}{% endmacro %}{{ m() }}{{ m(1) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, b=2) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, a=2) }}",
    "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, k=4) }}{{ m() }}",
    "{% macro m(a=x, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m() }}{{ m(1) }}",
    "{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(4) }}",
    "{% macro m() %}{{ later }}{% endmacro %}{% set later = 7 %}{{ m() }}",
    "{% macro m() %}{% set y = 9 %}{{ y }}{% endmacro %}{% set y = 1 %}{{ m() }}{{ y }}",
    "{% for i in [1, 2] %}{% macro m() %}{{ i }}{{ loop is defined }}{% endmacro %}{{ m() }}{% endfor %}{{ m is defined }}",
    "{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}in{{ x }}{% endcall %}",
    "{% macro m() %}<{{ caller(1, b=2) }}>{% endmacro %}{% call(a, b) m() %}{{ a }}{{ b }}{% endcall %}",
    "{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}{% call m() %}{% endcall %}",
    "{% macro m() %}x{% endmacro %}{% call m() %}in{% endcall %}",
    "{% macro m() %}x{% endmacro %}{{ m() | upper }}{{ m() ~ 1 }}{{ m() is string }}{% set f = m %}{{ f() }}",
    "{% generation %}{% set inside = 1 %}{{ x }}{% endgeneration %}{{ inside is defined }}",
    "{% print x, name %}{% print 'a' %}",
    "{% if x == 1 %}a{% elif x == 3 %}b{% else %}c{% endif %}{% if x %}{% endif %}{% if not x %}n{% elif undefined_name %}u{% endif %}",
    "{% if x: %}python{% endif %}",
    "a\n{% if true %}\nb\n{% endif %}\nc\n",
    "a\n   {% if true %}  \n  b\n   {% endif %}\nc\n\n",
    "a  {%- if true -%}  b  {%- endif %}  c",
    "  {%+ if true %}x{% endif +%}\ny",
    "  {{ x }}\n  {{- x -}}  \n y",
    "a {#- comment -#} b {# other #}\nc\n  {# own line #}\nd {#+ e +#}\n f",
    "{% raw %}{{ x }} {% if %}{% endraw %}|  {%- raw -%}  y  {%- endraw -%}  z",
    "  {% raw %}\nx\n  {% endraw %}\ny",
    "{{ '{{ }}' }}{{ '}}' }}{{ {'a': {'b': 1}} }}{% set s = '%}' %}{{ s }}",
    "a\r\nb\rc\n{{ 'd\r\ne' }}\r\n",
    "{{ x\n  + 1 }}{%\n if true\n %}y{%\nendif\n%}",
    "\n\n{{ x }}\n\n",
    "{{ x.0 }}{{ [[1, 2], 3].0.1 }}{{ 1.5 }}{{ [1.5][0] }}",
    "{{ list | sort | join(',') ~ '!' }}{{ (list | first) + 1 }}{{ list | length > 2 }}",
    "{% set g = list | map('string') %}{{ g | join(',') }}|{{ g | join(',') }}",
    "{% set g = list | map('string') %}{{ g | first }}{{ g | list }}",
    "{% set g = list | map('string') %}{{ g | length }}",
    "{{ people[0].name.upper() }}{{ people | map(attribute='name') | first | lower }}",
    "{{ not none is none }}{{ none is not none }}{{ 'a' is not in ['a'] }}",
    "{% for m in people %}{% if loop.first %}{% set first = m %}{% endif %}{{ first.name if first is defined else '-' }}{% endfor %}",
    "{% for p in people %}{{ p.name }}{{ ', ' if not loop.last }}{% endfor %}",
    "{% set x = x %}{{ x }}{% set x = x + 1 %}{{ x }}",
    "{% for i in list recursive %}{{ i }}{% endfor %}",
    "{% block b %}x{% endblock %}", "{% include 'x' %}", "{% import 'x' as y %}", "{% extends 'x' %}",
    "{% unknown %}", "{% if x %}", "{% endif %}", "{{ x", "{% if x", "{# x", "{{ x y }}", "{{ }}", "{% for x %}{% endfor %}",
    "{{ 'abc }}", "{{ x | nothing }}", "{{ x is nothing }}", "{{ (1, 2 }}", "{{ [1 }}", "{{ 1 ] }}", "{% set 1 = 2 %}",
    "{% set true = 2 %}", "{{ m(*list) }}", "{{ 'a' % 1 }}", "{% break %}", "{{ ! }}", "{{ a = 1 }}", "{% raw %}x", "{{ 0x }}",
    "{{ x is string is string }}", "{% macro m(a=1, b) %}{% endmacro %}", "{{ x if }}", "{{ not }}", "{{ x . }}",
]


def snippets() -> list[str]:
    """One template for each pair of braces in the tables, and each statement."""
    out = []
    for table in (OPERATORS, FILTERS, METHODS):
        for line in table.strip().splitlines():
            out += ["{{ " + part.strip() + " }}" for part in split_line(line)]
    return out + STATEMENTS


def split_line(line: str) -> list[str]:
    """The expressions of a line of a table: what is between "{{ " and " }}", which stands in none of them but in quotes."""
    parts, rest = [], line
    while rest.strip().strip("|"):
        rest = rest[rest.index("{{ ") + 3:]
        end = 0
        while rest[:end].count('"') % 2 or rest[:end].count("'") % 2 and "\\'" not in rest[:end] or not rest[end:].startswith(" }}"):
            end += 1
        parts.append(rest[:end])
        rest = rest[end + 3:]
    return parts
