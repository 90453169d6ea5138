"""The small world of the stories: who there is, what they own, where it can lie.

A *fact* joins two of these words (a name and an object, an object and a place, ...). One pair in
eight is kept out of the training text for good; the held-out recall prompts are made of those pairs
alone, so a right answer cannot have been learnt by heart.
"""

from zlib import crc32

GIRLS = "Mia Anna Lily Nora Zoe Ella Ruby Ivy Maya Tara Rosa Lena Sara Clara Alma June".split()
BOYS = "Tom Ben Sam Max Leo Finn Jack Omar Hugo Noah Adam Oscar Felix Theo Kai Ravi".split()
NAMES = GIRLS + BOYS

OBJECTS = """kite drum ball book lamp cup spoon hat boat doll bell key map shell ring coat box flute
rope bag coin scarf brush stone candle mirror clock whistle puppet blanket wagon basket""".split()

COLOURS = "red blue green yellow white black brown pink grey golden silver purple".split()

PLACES = """in the garden|in the kitchen|in the barn|in the attic|in the shed|in the tower|in the cave
|in the school|in the bakery|in the cellar|in the forest|in the library|in the hall|in the stable
|under the bed|under the bridge|under the table|under the tree|behind the door|behind the mill
|by the river|by the well|by the pond|on the roof|on the shelf|on the hill|at the market|at the farm"""
PLACES = [place.strip() for place in PLACES.split("|")]

ANIMALS = "dog cat rabbit hen goat pony duck mouse fox parrot turtle frog owl donkey".split()
PETS = """Pip Biscuit Luna Bramble Coco Socks Button Pepper Daisy Rusty Snow Pickle Nutmeg Misty Bean
Clover""".split()

FEELINGS = "happy tired hungry sleepy brave proud sad curious excited calm".split()
WEATHER = "sunny rainy windy cold warm foggy snowy quiet".split()
FOODS = "bread soup cake apples cheese honey pie nuts".split()
TIMES = "morning afternoon evening".split()


def is_held_out(left: str, right: str) -> bool:
    """Whether this pair of words is kept out of the training text."""
    return crc32(f"{left}|{right}".encode()) % 8 == 0


def partners(word: str, words: list[str], held_out: bool) -> list[str]:
    """The words that may be joined to `word` in the training text (or in the held-out prompts)."""
    return [other for other in words if is_held_out(word, other) == held_out]
