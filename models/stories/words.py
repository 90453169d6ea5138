"""The small world of the stories: its people, their things, and the places.

A *fact* joins several of these words (a name, an object, its colour and its place; a name, an animal
and what it is called). One fact in eight is kept out of the training text for good; the held-out recall
prompts are made of those facts alone, so a right answer cannot have been learnt by heart.
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


def is_held_out(*fact: str) -> bool:
    """Whether the fact of these words is held out of the training text."""
    return crc32("|".join(fact).encode()) % 8 == 0
