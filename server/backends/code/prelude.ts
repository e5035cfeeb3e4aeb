/**
 * What runs before the user's script: it gives it `inputs` and `outputs`, and shows a failure as the script's own, without frames of ours.
 * The places are read from a file, so that no name of the user's becomes part of a program.
 */
export const PRELUDE = `import json, linecache, sys, traceback

def _run():
    with open("/in/places.json", encoding="utf-8") as file:
        places = json.load(file)
    with open("/in/script.py", encoding="utf-8") as file:
        source = file.read()
    linecache.cache["script.py"] = (len(source), None, source.splitlines(True), "script.py")
    names = {"__name__": "__main__", "inputs": places["inputs"], "outputs": places["outputs"]}
    try:
        exec(compile(source, "script.py", "exec"), names)
    except SystemExit as end:
        if end.code not in (None, 0):
            print("SystemExit: " + str(end.code), file=sys.stderr)
            return 1
    except BaseException as error:
        trace = error.__traceback__
        traceback.print_exception(type(error), error, trace.tb_next if trace else None)
        return 1
    return 0

code = _run()
sys.stdout.flush()
sys.stderr.flush()
sys.exit(code)
`;
