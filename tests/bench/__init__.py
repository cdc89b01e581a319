"""What the product promises in numbers, each beside a bare figure of the same run.

`./run bench [PART …] [--json FILE]` calls `python -m tests.bench`. A part is a module here with a
function `measure(engine)`, which returns its measures; `engine` is "sqlite" or "postgresql". Each
part runs in a process of its own, on a database made for it.
"""
