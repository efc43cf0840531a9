"""Labels a Spark DataFrame of articles with the classify binary.

    from standpoint_spark import label
    rows = label(spark.read.json("crawl/"), binary="/opt/classify")

Each partition starts one classify, streams its rows to it as JSON lines, and
yields what it wrote: one row per statement, and one row per article that has
none, broken ones included. The columns are those of `statements`
(docs/schema.md), with `status` and `reason` of the article at the end. The
binary has to be on every worker (spark.sparkContext.addFile, or an image).
"""

import json
import os
import pathlib
import subprocess
import tempfile

import pyarrow as pa
import pyarrow.compute  # as pa.compute
import pyarrow.parquet as pq

__all__ = ["label", "schema_of"]

DONE = (0, 3, 4)  # done; done, but some input was broken; nothing to read
SHARED = ("article_id", "input", "input_id", "url", "outlet", "title", "published_at", "published_day", "published_precision")


def label(frame, binary="classify", args=(), workers=1):
    """Returns the labelled rows of frame, lazily.

    frame has a column text and, as far as known, title, url, source, date and
    id; its other columns are not read. args are more flags of classify, such
    as ["-host", "Iraq"]. A row that classify can't read comes back with
    status "broken" and the reason; a classify that fails fails the task.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    command = [binary, "-workers", str(workers), *args]
    schema = schema_of(command)

    def partition(batches):
        with tempfile.TemporaryDirectory() as folder:
            run(command, folder, (row for batch in batches for row in batch.to_pylist()))
            yield from results(pathlib.Path(folder), schema)

    return frame.mapInArrow(partition, from_arrow_schema(schema, prefer_timestamp_ntz=True))


def schema_of(command):
    """The Arrow schema of the rows, read off what classify makes of no text."""
    with tempfile.TemporaryDirectory() as folder:
        run(command, folder, [{"text": ""}])
        part = next((pathlib.Path(folder) / "out" / "statements").iterdir())
        fields = [pa.field(f.name, plain(f.type)) for f in pq.read_schema(part)]
    return pa.schema(fields + [pa.field("status", pa.string()), pa.field("reason", pa.string())])


def plain(kind):
    """Spark has no categories."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def run(command, folder, rows):
    """Streams rows to a classify that writes into folder/out."""
    with open(os.path.join(folder, "log"), "w+b") as log:
        process = subprocess.Popen([*command, "-o", os.path.join(folder, "out"), "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=log)
        try:
            for row in rows:
                line = json.dumps({k: v for k, v in row.items() if v is not None}, default=str)
                process.stdin.write(line.encode() + b"\n")
            process.stdin.close()
        except BrokenPipeError:
            pass  # its exit code and its words tell more
        if process.wait() not in DONE:
            log.seek(0)
            raise RuntimeError(f"classify ended with exit code {process.returncode}: {log.read()[-2000:].decode(errors='replace').strip()}")


def results(folder, schema):
    """Yields a batch for the statements of each part, and one for its articles without any."""
    if not (folder / "out" / "articles").exists():
        return
    for part in sorted((folder / "out" / "articles").iterdir()):
        articles = pq.read_table(part)
        statements = pq.read_table(folder / "out" / "statements" / part.name)
        # a second copy of an article is filtered: the rows are the first one's
        status = {a["article_id"]: a for a in articles.select(["article_id", "status", "reason"]).to_pylist()[::-1]}
        ids = statements["article_id"].to_pylist()
        statements = statements.append_column("status", pa.array([status[i]["status"] for i in ids], pa.string()))
        statements = statements.append_column("reason", pa.array([status[i]["reason"] for i in ids], pa.string()))
        yield from statements.cast(schema).to_batches()

        without = articles.filter(pa.compute.not_equal(articles["status"].cast(pa.string()), "labelled"))
        columns = [without[name].cast(schema.field(name).type) if name in SHARED + ("status", "reason") else pa.nulls(len(without), schema.field(name).type) for name in schema.names]
        yield from pa.table(columns, schema=schema).to_batches()
