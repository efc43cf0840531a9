"""Holds the Spark wrapper to a plain run: test_spark.py CLASSIFY"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from standpoint_spark import label

SAMPLE = pathlib.Path(__file__).resolve().parent.parent / "data" / "sample" / "wire.jsonl"


def main(classify):
    os.environ["PYSPARK_PYTHON"] = sys.executable  # the workers' too
    os.environ["TZ"] = "UTC"  # in which Spark hands out instants, without a zone
    time.tzset()
    good = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines() if line.startswith("{")]
    names = sorted({k for a in good for k, v in a.items() if isinstance(v, str)})
    rows = [{k: a.get(k) for k in names} for a in good]
    broken = [{"id": "none", "text": None}, {"id": "long", "text": "US troops must leave Iraq. " * 60_000}]
    rows += [{k: b.get(k) for k in names} for b in broken]

    with tempfile.TemporaryDirectory() as folder:
        spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        spark.sparkContext.addPyFile(str(pathlib.Path(__file__).with_name("standpoint_spark.py")))
        frame = spark.createDataFrame([tuple(r[k] for k in names) for r in rows], ", ".join(f"`{k}` string" for k in names)).repartition(3)
        found = [r.asDict() for r in label(frame, classify).collect()]
        statements = {r["row_id"]: r for r in found if r["row_id"]}

        with open(f"{folder}/in.jsonl", "w", encoding="utf-8") as f:
            f.writelines(json.dumps(a) + "\n" for a in good)
        subprocess.run([classify, "-o", f"{folder}/out", f"{folder}/in.jsonl"], check=True, stdout=subprocess.DEVNULL)
        want = {r["row_id"]: r for r in pq.read_table(f"{folder}/out/statements").to_pylist()}

        assert statements.keys() == want.keys() and want, f"{len(statements)} rows, a plain run has {len(want)}"
        for row_id, row in want.items():
            row["published_at"] = row["published_at"] and row["published_at"].replace(tzinfo=None)
            differ = [k for k, v in row.items() if k != "input" and statements[row_id][k] != v]
            assert not differ, f"{row_id} differs in {differ}"
        states = sorted((r["status"], r["reason"]) for r in found if r["row_id"] is None)
        assert sum(s == "broken" for s, _ in states) == 2, states
        try:
            label(frame, classify, ["-host", "Atlantis"]).count()
            raise SystemExit("a classify that fails went unnoticed")
        except RuntimeError as err:
            assert "Atlantis" in str(err), err
        print(f"ok: {len(statements)} statements as in a plain run; articles without: {states}")
        spark.stop()


main(sys.argv[1])
