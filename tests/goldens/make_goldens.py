"""Makes the golden files of this folder anew.

    python make_goldens.py [stories] [tiny] [tokenizer] [generation] [peers]   (all when none is named)
"""

import argparse
from pathlib import Path

HERE = Path(__file__).parent
PARTS = ["stories", "tiny", "tokenizer", "generation", "peers"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART")
    parts = parser.parse_args().parts or PARTS
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if "stories" in parts:
        import stories_goldens
        stories_goldens.make_all(HERE / "../../models/stories", HERE / "stories")
    if "tiny" in parts:
        import tiny_models
        tiny_models.make_all(HERE / "tiny")
    if "tokenizer" in parts:
        import tokenizer_goldens
        tokenizer_goldens.make_all(HERE / "../../models/stories", HERE / "tokenizer")
    if "generation" in parts:
        import generation_goldens
        generation_goldens.make_all(HERE / "../../models", HERE)
    if "peers" in parts:
        import peers_goldens
        peers_goldens.make_all()


if __name__ == "__main__":
    main()
