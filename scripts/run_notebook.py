"""Runs a notebook in place and keeps its outputs: run_notebook.py FILE."""

import pathlib
import sys

import nbformat
from nbclient import NotebookClient

path = sys.argv[1]
notebook = nbformat.read(path, as_version=4)
NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(pathlib.Path(path).parent)}}).execute()
for cell in notebook.cells:
    cell.metadata.pop("execution", None)  # times differ from run to run
nbformat.write(notebook, path)
