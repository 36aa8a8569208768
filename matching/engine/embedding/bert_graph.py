"""A BERT encoder as an ONNX graph, written from the weights alone: no torch, no export.

The layers are those of Devlin et al., "BERT" (2019): post-layer-norm blocks of multi-head attention and a feed-forward
part with the exact (erf) GELU. Input: ids and mask [texts, tokens]; output: the last hidden state.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

OPSET = 17
ACTIVATIONS = frozenset({"gelu"})


class _Graph:
    """Nodes and constants in the order in which they are added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: Any) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator: str, inputs: Sequence[str], name: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, **attributes))
        return name


def write(folder: Path, target: Path) -> None:
    """Write the graph for `config.json` and `model.safetensors` of a folder to `target`.

    Raises ValueError for an architecture other than BERT.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if config.get("model_type") != "bert" or config.get("hidden_act") not in ACTIVATIONS:
        raise ValueError(f"Only BERT encoders can be read from safetensors, not {config.get('model_type')!r}.")
    weights = {name.removeprefix("bert."): value for name, value in load_file(folder / "model.safetensors").items()}
    onnx.save(model(config, weights), target)


def model(config: dict[str, Any], weights: dict[str, Any]) -> Any:
    """The ONNX model of a BERT encoder with these weights, named as in the `transformers` library."""
    graph = _Graph()
    state = _embeddings(graph, config, weights)
    graph.constant("zero", np.array(0, dtype=np.float32))
    graph.constant("one", np.array(1, dtype=np.float32))
    graph.constant("far", np.array(-1e9, dtype=np.float32))
    graph.constant("axes", np.array([1, 2], dtype=np.int64))
    graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    graph.add("Sub", ["one", "mask"], "absent")
    graph.add("Mul", ["absent", "far"], "penalty")
    graph.add("Unsqueeze", ["penalty", "axes"], "bias")
    for number in range(config["num_hidden_layers"]):
        state = _layer(graph, config, weights, number, state)
    graph.add("Identity", [state], "last_hidden_state")
    texts = ["texts", "tokens"]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, texts) for n in ("input_ids", "attention_mask")]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*texts, config["hidden_size"]])
    body = helper.make_graph(graph.nodes, "bert", inputs, [output], graph.constants)
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)


def _embeddings(graph: _Graph, config: dict[str, Any], weights: dict[str, Any]) -> str:
    """Word + position + segment 0, normalised; the segment is the same for every token and is added beforehand."""
    graph.constant("words", weights["embeddings.word_embeddings.weight"])
    segment = weights["embeddings.token_type_embeddings.weight"][0]
    graph.constant("places", weights["embeddings.position_embeddings.weight"] + segment)
    graph.constant("start", np.array([0], dtype=np.int64))
    graph.constant("first_axis", np.array([0], dtype=np.int64))
    graph.add("Gather", ["words", "input_ids"], "word")
    graph.add("Shape", ["input_ids"], "length", start=1, end=2)
    graph.add("Slice", ["places", "start", "length", "first_axis"], "place")
    graph.add("Add", ["word", "place"], "embedded")
    return _normalised(graph, config, weights, "embeddings.LayerNorm", "embedded")


def _layer(graph: _Graph, config: dict[str, Any], weights: dict[str, Any], number: int, state: str) -> str:
    base = f"encoder.layer.{number}"
    attended = _attention(graph, config, weights, base, state)
    projected = _linear(graph, weights, f"{base}.attention.output.dense", attended)
    graph.add("Add", [projected, state], f"{base}.residual")
    state = _normalised(graph, config, weights, f"{base}.attention.output.LayerNorm", f"{base}.residual")
    wide = _gelu(graph, base, _linear(graph, weights, f"{base}.intermediate.dense", state))
    narrow = _linear(graph, weights, f"{base}.output.dense", wide)
    graph.add("Add", [narrow, state], f"{base}.output")
    return _normalised(graph, config, weights, f"{base}.output.LayerNorm", f"{base}.output")


def _attention(graph: _Graph, config: dict[str, Any], weights: dict[str, Any], base: str, state: str) -> str:
    heads, width = config["num_attention_heads"], config["hidden_size"]
    graph.constant(f"{base}.split", np.array([0, 0, heads, width // heads], dtype=np.int64))
    graph.constant(f"{base}.join", np.array([0, 0, width], dtype=np.int64))
    graph.constant(f"{base}.root", np.array(np.sqrt(width // heads), dtype=np.float32))
    parts = {}
    for part, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3])):
        flat = _linear(graph, weights, f"{base}.attention.self.{part}", state)
        graph.add("Reshape", [flat, f"{base}.split"], f"{base}.{part}.heads")
        parts[part] = graph.add("Transpose", [f"{base}.{part}.heads"], f"{base}.{part}", perm=order)
    graph.add("MatMul", [parts["query"], parts["key"]], f"{base}.products")
    graph.add("Div", [f"{base}.products", f"{base}.root"], f"{base}.scaled")
    graph.add("Add", [f"{base}.scaled", "bias"], f"{base}.masked")
    graph.add("Softmax", [f"{base}.masked"], f"{base}.shares", axis=-1)
    graph.add("MatMul", [f"{base}.shares", parts["value"]], f"{base}.mixed")
    graph.add("Transpose", [f"{base}.mixed"], f"{base}.back", perm=[0, 2, 1, 3])
    return graph.add("Reshape", [f"{base}.back", f"{base}.join"], f"{base}.attended")


def _linear(graph: _Graph, weights: dict[str, Any], name: str, state: str) -> str:
    graph.constant(f"{name}.W", weights[f"{name}.weight"].T)
    graph.constant(f"{name}.b", weights[f"{name}.bias"])
    graph.add("MatMul", [state, f"{name}.W"], f"{name}.product")
    return graph.add("Add", [f"{name}.product", f"{name}.b"], f"{name}.sum")


def _gelu(graph: _Graph, base: str, state: str) -> str:
    graph.constant(f"{base}.root2", np.array(np.sqrt(2.0), dtype=np.float32))
    graph.constant(f"{base}.half", np.array(0.5, dtype=np.float32))
    graph.add("Div", [state, f"{base}.root2"], f"{base}.gelu.z")
    graph.add("Erf", [f"{base}.gelu.z"], f"{base}.gelu.erf")
    graph.add("Add", [f"{base}.gelu.erf", "one"], f"{base}.gelu.up")
    graph.add("Mul", [state, f"{base}.gelu.up"], f"{base}.gelu.wide")
    return graph.add("Mul", [f"{base}.gelu.wide", f"{base}.half"], f"{base}.gelu")


def _normalised(graph: _Graph, config: dict[str, Any], weights: dict[str, Any], name: str, state: str) -> str:
    graph.constant(f"{name}.g", weights[f"{name}.weight"])
    graph.constant(f"{name}.o", weights[f"{name}.bias"])
    parts = [state, f"{name}.g", f"{name}.o"]
    return graph.add("LayerNormalization", parts, f"{name}.normal", axis=-1, epsilon=config["layer_norm_eps"])
