"""Measures sentence-transformers on the weights of the models, in half precision, with PyTorch's attention.

Use: reference.py SHAPE CHECKPOINT CONTENT DEVICE ROUNDS     prints JSON, a line each time that more is known: tokens per second
"""
import glob
import json
import os
import statistics
import subprocess
import sys
import time

shape, checkpoint, content, device, rounds = sys.argv[1:]
try:
    import torch
    from sentence_transformers import SentenceTransformer
except ImportError as missing:
    sys.exit(f"Cannot measure sentence-transformers: Python here has no {missing.name}")

ON_GPU = device == "cuda"
LENGTHS = (64, 128, 330, 512) if ON_GPU else (64,)
BUDGETS = (16_384, 65_536, 131_072) if ON_GPU else (1_024,)
BATCHES = (32, 128, 512) if ON_GPU else (8,)
TEXTS = 2_000 if ON_GPU else 16
TYPES = {"fp16": torch.float16, "bf16": torch.bfloat16} if ON_GPU else {"fp32": torch.float32}
FILES = {
    "modules.json": [{"idx": number, "name": str(number), "path": path, "type": "sentence_transformers.models." + kind}
                     for number, (path, kind) in
                     enumerate([("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")])],
    "sentence_bert_config.json": {"max_seq_length": 512, "do_lower_case": False},
    "tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512,
                              "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]",
                              "mask_token": "[MASK]"},
}


def make_checkpoint():
    jar = glob.glob(os.path.join(content, "jars", "langchain4j-embeddings-e5-*.jar"))[0]
    subprocess.run([sys.executable, os.path.join(content, "random-checkpoint.py"), shape, checkpoint, jar], check=True)
    for name, value in FILES.items():
        write(name, value)
    with open(os.path.join(checkpoint, "config.json")) as config:
        dimension = json.load(config)["hidden_size"]
    write("1_Pooling/config.json", {"word_embedding_dimension": dimension, "pooling_mode_mean_tokens": True})
    os.makedirs(os.path.join(checkpoint, "2_Normalize"), exist_ok=True)


def write(name, value):
    path = os.path.join(checkpoint, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as out:
        json.dump(value, out)


def wait():
    if ON_GPU:
        torch.cuda.synchronize()


def rate(tokens, call):
    """Returns the median of tokens per second, after one call that does not count."""
    speeds = []
    for number in range(int(rounds) + 1):
        wait()
        start = time.perf_counter()
        call()
        wait()
        if number > 0:
            speeds.append(tokens / (time.perf_counter() - start))
    return round(statistics.median(speeds))


def calls(model):
    """Measures the model alone with full batches: for each length of texts, the best token budget."""
    found = {}
    for length in LENGTHS:
        speeds = {}
        for budget in BUDGETS:
            ids = torch.randint(1_000, 20_000, (max(1, budget // length), length), device=device)
            batch = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "token_type_ids": torch.zeros_like(ids)}
            speeds[budget] = rate(ids.numel(), lambda: model(dict(batch)))
        found[str(length)] = {"budget": max(speeds, key=speeds.get), "tokens_per_second": max(speeds.values())}
    return found


def encode(model, texts):
    """Measures the way from texts to vectors, including the tokenizer: tokens per second for each batch size."""
    tokens = sum(len(ids) for ids in model.tokenizer(texts, truncation=True, max_length=512)["input_ids"])
    return {str(batch): rate(tokens, lambda: model.encode(texts, batch_size=batch, show_progress_bar=False))
            for batch in BATCHES}


make_checkpoint()
with open(os.path.join(content, "texts", "corpus.jsonl")) as lines:
    texts = ["passage: " + json.loads(line)["text"] for _, line in zip(range(TEXTS), lines)]
result = {"versions": {"torch": torch.__version__, "cuda": torch.version.cuda}}
with torch.inference_mode():
    for name, kind in TYPES.items():
        model = SentenceTransformer(checkpoint, device=device, model_kwargs={"attn_implementation": "sdpa"}).to(kind).eval()
        result[name] = {"calls": calls(model), "encode": encode(model, texts)}
        print(json.dumps(result), flush=True)
