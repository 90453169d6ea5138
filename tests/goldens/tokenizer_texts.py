"""The inputs of the tokenizer vectors. Every character is of Unicode 12 or older, so that engines agree."""

from random import Random

SCRIPTS = """
The quick brown fox jumps over the lazy dog.
Le cœur déçu mais l'âme plutôt naïve, où est-il né ?
Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.
El niño comió piñas, ¿verdad? ¡Qué rápido!
Příliš žluťoučký kůň úpěl ďábelské ódy.
Zażółć gęślą jaźń.
Fıstıkçı şahap, İstanbul'da ığdır.
Þetta er íslenska, já.
Tiếng Việt có rất nhiều dấu thanh.
Η γρήγορη αλεπού, ο σκύλος, ΣΊΣΥΦΟΣ και σίσυφος.
Съешь ещё этих мягких булок, да выпей чаю.
Їжак, ґанок, єдність.
Ամեն մարդ ազատ է ծնվում։
ყველა ადამიანი თავისუფალია.
כל בני האדם נולדו חופשיים, שָׁלוֹם.
يولد جميع الناس أحرارا، مُحَمَّد ١٢٣٤.
همه‌ی مردم آزادند، ۱۲۳۴۵.
تمام انسان آزاد ہیں۔
सभी मनुष्य स्वतन्त्र हैं। क्षत्रिय १२३४
সব মানুষ স্বাধীন। ১২৩
ਸਾਰੇ ਮਨੁੱਖ ਆਜ਼ਾਦ ਹਨ।
બધા માણસો સ્વતંત્ર છે.
எல்லா மனிதரும் சுதந்திரமானவர்கள்.
అందరూ స్వేచ్ఛగా ఉన్నారు.
ಎಲ್ಲರೂ ಸ್ವತಂತ್ರರು.
എല്ലാവരും സ്വതന്ത്രരാണ്.
සියලු මිනිසුන් නිදහස්ය.
มนุษย์ทุกคนเกิดมามีอิสระ ๑๒๓
ມະນຸດທຸກຄົນເກີດມາມີອິດສະຫຼະ
လူတိုင်း လွတ်လပ်သည်။
មនុស្សទាំងអស់កើតមកមានសេរីភាព
བོད་སྐད་ཀྱི་ཡི་གེ།
ሰው ሁሉ ነጻ ነው።
ᎣᏏᏲ ᏂᎦᏓ
ᐃᓄᒃᑎᑐᑦ
ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ
我能吞下玻璃而不伤身体。
我能吞下玻璃而不傷身體,１２３４ＡＢＣ
私はガラスを食べられます。それは私を傷つけません。
ｶﾀｶﾅ カタカナ ひらがな ー々〆
모든 사람은 자유롭다. 한국어
각각 한
𝐌𝐚𝐭𝐡 𝕏 𝒜 𝟘𝟙𝟚𝟛
𐌲𐌰 𐎀𐎁 𓀀𓁀 𒀀𒀁
𠮷野家 𪚥
ⅠⅡⅢⅣ ⅷ ½ ¼ ² ³ ₁₂₃ ①②③ ㊿ ᠐᠑ ໑໒
ǅ ǈ ŉ ß ẞ ﬁ ﬃ ĳ \u212a \u212b ſ ª º ʰ
a\u0301 e\u0301\u0323 o\u0308\u0304 q\u0307\u0323
Z\u0337a\u0335l\u0336g\u0338o\u0337
→ ⇒ ∑∫√∞ ≤ ≠ × ÷ ± ° § ¶ © ® ™ € £ ¥ ₹
“quotes” ‘single’ «guillemets» „low“ – — … ‽
┌─┬─┐│█▓▒░└─┴─┘
""".strip().split("\n")

EMOJI = """
😀 😃 😄
👍🏽 👋🏿 🤝
👨‍👩‍👧‍👦 family
👩🏽‍🚀👨🏻‍💻🧑‍🌾
🏳️‍🌈 🏴‍☠️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿
🇬🇧🇫🇷🇯🇵 🇧
1️⃣ #️⃣ *️⃣
❤️ ❤ ☎︎ ☎️
🦙🦙🦙 llama
text😀text 😀 text  😀  text
\u200d \u200b \ufeff \u2060 \u00ad
a\u200db a\u200bb \ufeffstart
""".strip().split("\n")

CONTRACTIONS = """
I'm you're he's she'll we've they'd can't
I'M YOU'RE HE'S SHE'LL WE'VE THEY'D CAN'T
I'm'll've're's't'd
'm 'll 've 're 's 't 'd
'M'LL'VE'RE'S'T'D
'Ll 'lL 'vE 'Re 'rE 'Sx 'Tx 'dx
it's 's's 'ss 'st 'sl
don’t it’s I’m
''s '''s 's' 'l 'v 'r 'x
rock'n'roll o'clock 'tis 'twas
5's 10'd 3'll
_'s -'s .'s
it'ſ 'ſ IT'ſ
l'été d'accord qu'il aujourd'hui
""".strip().split("\n")

CODE = r"""
int main(void) { return 0; }
for (size_t i = 0; i < n; ++i) {\n\tsum += a[i];\n}
def f(x):\n    if x:\n        return x ** 2\n    return None
SELECT * FROM t WHERE a = 'b' AND c != "d";
https://example.org/path?query=1&other=two#part
user.name+tag@example.org
{"key": [1, 2.5e-3, null, true], "s": "\u00e9"}
<div class="x">text</div><!-- c -->
#include <vector>\r\n#define X(a) a##b\r\n
$PATH ${HOME}/bin:/usr/bin && ls -la | grep x > /dev/null 2>&1
a+b-c*d/e%f^g&h|i~j!k@l#m$n
snake_case camelCase PascalCase SCREAMING_CASE kebab-case
0x1F 0b1010 1e10 1_000_000 3.14159 .5 5. -1
x=1;y=2;;;z=3
(((()))) [[[]]] {{{}}} <<<>>>
!!! ??? ... ,,, ;;; --- === *** ###
 !!!\n\n ...\r\n\r\n ??
/* comment */ // another
C:\dir\file, \alpha \beta
""".strip().split("\n")

SPECIAL = [
    "{b}", "{b}{b}", "{e}", "{b}Hello", "Hello{e}", "Hello {e}", "Hello{e} ", " {e} ", "  {e}  {e}  ", "\n{e}\n",
    "a{b}b{e}c{h}d{i}f{t}g", "{h}user{i}\n\nHello!{t}{h}assistant{i}\n\n", "{h} user {i}", "{b}{e}{h}{i}{t}",
    "x{t}y{t}{t}z", "12{t}34", "é{t}é", "中{t}文", "😀{t}😀", "'s{t}'s", "don{t}'t", "{t}\r\n{t}\r\n",
    "{b}\u0301", "a{t}\u200d", "<{b}>", "|{e}|", "{b}" * 20, "<|", "|>", "<|>", "<||>", "<|begin_of_text|",
    "<begin_of_text>", "< |begin_of_text|>", "<|begin_of_text |>", "<|BEGIN_OF_TEXT|>", "<|Eot_id|>", "<|eot_id|",
    "<|eot_id", "<|eot_", "<<|eot_id|>>", "<|<|eot_id|>|>", "<|eot_<|eot_id|>id|>", "|eot_id|>", "<|eot_id|>|>",
    "<|unknown|>", "<|eot_id|eot_id|>", "<|start_header_id|><|end_header_id|>", "begin_of_text", "eot_id",
    "<think>so</think>", "<think", "<think>{t}</think>", "<｜begin▁of▁sentence｜>", "<｜User｜>Hi<｜Assistant｜>",
    "<｜User|>", "▁of▁", "｜", "<s></s><unk><pad>",
]

INVALID = [bytes.fromhex(text) for text in """
80|bf|8080|618062|ff|fe|fffe|feff|61ff62ff63|c0|c1|c080|c1bf|e08080|f0808080|c2|61c2|c261|c220|c2c2|c2c3a9
|e0|e0a0|e0a061|e09f80|e080|e2|e282|e28261|e282e282ac|e282ac82|eda080|edbfbf|eda0bdedb880|ed9fbf|ee8080|efbfbf|efbfbd
|f0|f09f|f09f98|f09f9861|f09f9820|f09f98f09f9880|f08f8080|f0908080|f48fbfbf|f4908080|f5808080|f8888080|fc8480808080
|20c220|0ac20a|31c232|2773c2277473|e29fff|c3a9c3|c328|a0a1|e228a1|e28228|f0288cbc|f09028bc|f0288c28
|3c7c656f745f6964ff7c3e|3c7c656f745f69647c3eff3c7c656f745f69647c3e|ff3c7c656f745f69647c3e|c23c7c656f745f69647c3e
|3c7c656f745f69647c3e80|48656c6c6f20776f726c64c3|c3a9ff20c3a9ff20|e4b8ade6|e4b8e4b8ad|d8d9|f09fa6|f09fa699f09fa6
|000080|ff00ff|7f80|efbbbf61|efbb61|e2808b80|cc81cc|cc
""".replace("\n", "").split("|")]


def runs() -> list[str]:
    """Runs of white space, digits and signs: where the split pattern turns."""
    texts = [" " * n + tail for n in (1, 2, 3, 4, 5, 8, 15, 16, 17, 33, 64, 100) for tail in ("", "a", "1", "\n")]
    texts += ["\n" * n for n in range(1, 7)] + ["a" + "\n" * n + "b" for n in (1, 2, 3, 5)]
    texts += ["\t" * n + "x" for n in (1, 2, 3, 4, 8)] + ["\r\n" * n for n in (1, 2, 3)]
    texts += ["a \n b", "a  \n  b", "a\n \nb", "a \n\n  \n b", " \n ", "  \r\n  x", "\n x", "\n  x", " \t \n\t x", "x \r y",
              "a\u00a0b", "a\u00a0\u00a0b", "\u3000全角\u3000\u3000空", "a\u2028b\u2029c", "a\u0085b", "a\vb\fc",
              "\u2003\u2009x", "\u1680\u202f\u205f", "a \u00a0 b", " \u00a0", "tail ", "tail  ", "tail\t", "tail \n"]
    texts += ["1234567890123"[:n] for n in range(1, 14)] + ["0" * 50, "1 22 333 4444 55555", "1,234,567.89", "12:34:56"]
    texts += ["v1.2.3-rc4", "a1b22c333d4444", "３４５６７", "١٢٣٤٥٦٧", "1½2", "²³¹⁴⁵", "12٣٤5", "1 234", "-42", " 42", "  42"]
    texts += ["." * n for n in (1, 2, 3, 4, 7, 30)] + ["=" * 80, "-" * 41, "_" * 20, "#" * 6, "a" * 300, "ab" * 150]
    texts += ["é" * 100, "中" * 60, "🦙" * 30, "the" * 40, " the" * 40, "THE the The tHe", "A" * 64, "aA" * 40, "\u0301" * 30]
    return texts


def controls() -> list[str]:
    single = [chr(c) for c in range(0x20)] + ["\x7f", "\x80", "\x9f", "\xa0", "\xad"]
    return single + ["a\0b", "\0\0\0", "\x1b[31mred\x1b[0m", "bell\a", "a\bb", "\x01\x02 \x03", "x\x7fy", "\x80\x9f", "\n\0\n",
                     "\ufffd", "a\ufffdb", "\uffff", "\ufffe", "\U0010ffff", "\ue000\uf8ff", "\U000f0000"]


def mixtures(count: int) -> list[str]:
    """Pieces of everything above, joined with nothing or with white space, in an order drawn by lot."""
    rng = Random(5)
    words = [word for line in SCRIPTS + EMOJI + CONTRACTIONS + CODE for word in line.split()]
    joints = ["", "", " ", " ", " ", "  ", "\n", " \n", "\t", "'", "-", "7", "\u00a0", "\r\n"]
    return ["".join(rng.choice(words) + rng.choice(joints) for _ in range(rng.randint(2, 9))) for _ in range(count)]


def all_inputs(specials: dict[str, str]) -> list[bytes]:
    """Every input once; `specials` spells the tokens b, e, h, i and t of the tokenizer at hand."""
    code = [line.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r") for line in CODE]
    special = [text.format(**specials) for text in SPECIAL]
    texts = ["", "a", " a", "Hello, world!"] + SCRIPTS + EMOJI + CONTRACTIONS + code + special + runs() + controls() + mixtures(120)
    return list(dict.fromkeys([text.encode() for text in texts] + INVALID))


NEWER = ["\U0001e4d0\U0001e4d1 \U0001e5d0\U0001e5d1", "\U00011f02\U00011f04\U00011f50\U00011f51", "\U000323b0\U00031350\U0002ebf0",
         "\u0cf3\u0ecd \U00010efd", "\U00010d4a\U00010d70 \u1c89\ua7cb", "\U0001fae8\U0001fa75\U0001fadf", "\u2ffc\u31ef \U00016d40\U00016d70"]


def kind_inputs() -> list[str]:
    """Fewer inputs, for the many small tokenizers of tokenizer_kinds.py; characters of Unicode 15 and 16, too."""
    some = lambda texts, step: texts[::step]  # noqa: E731
    code = [line.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r") for line in CODE]
    edges = ["", " ", "  ", "\n", " a", "a ", "  two  spaces\n\n x\n", "a\u00a0b", "▁", " ▁ a▁▁b", "<0x41>", "<0xE4>A", "\0", "\u00ad",
             "Hello world", "don't STOP I'M", "tabs\t\tand\r\nCRLF", "1234567 12 1", "a1b22c333", "½ ² Ⅷ ① ٣٤", "...!?", " - ", "A.B. c"]
    marks = ["a\u0301\u0323", "a\u0323\u0301", "\u1e9b\u0323", "\ufb01 \uff21 \u2460 \u00bd \ufdfa", "\uac01 \u1100\u1161\u11a8", "\u212b \u2126 K",
             "İstanbul ΣΊΣΥΦΟΣ ẞ", "\u0344 \u0958 \U0001d15e", "\u0f73\u0f75", "\ud7a3\u11a7\u11a8"]
    special = ["<s>", "a<s>b</s> c", " <s> <s>", "<s>\n<unk>", "word a word, sword word", "x <l> y", "x <r>  y", "x  <both>\n y", "STRASSE Straße straße",
               "two words, Two Words", "é é1 é", "<|endoftext|>x<|im_end|>", " <|im_end|> ", "<|im_end|> x"]
    return list(dict.fromkeys(edges + marks + special + NEWER + some(SCRIPTS, 3) + some(EMOJI, 3) + some(CONTRACTIONS, 4) + some(code, 3)
                              + some(runs(), 9) + controls()[::11] + mixtures(12)))
