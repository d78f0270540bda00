"""Executes the quickstart notebook; see scripts/python.sh."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def outputs():
    notebook = nbformat.read(HERE / "quickstart.ipynb", as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(HERE)}}).execute()
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def tables(outputs):
    return [output.data["text/html"] for output in outputs if "text/html" in output.get("data", {})]


def test_pictures_of_scores_recall_and_vectors(outputs):
    pictures = [output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    assert len(pictures) == 3
    assert all(len(picture) > 10_000 for picture in pictures)


def test_the_search_finds_the_dough_that_did_not_rise(outputs):
    assert "<td>200</td>\n      <td>384</td>" in tables(outputs)[0]
    found = tables(outputs)[2]
    assert 0 < found.index("p002") < found.index("p068")


def test_recall_is_that_of_the_command_evaluate(outputs):
    printed = "".join(output.text for output in outputs if output.get("name") == "stdout")
    assert "recall@10 = 0.64185" in printed
