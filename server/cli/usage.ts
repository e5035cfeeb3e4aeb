export const USAGE = `Millwright: say what you want done to your files, see the machine that does it, run it over one file or ten thousand.

  millwright serve [--port N] [--host H] [--open]       the web application
  millwright plan "<goal>" [input…] [-o FILE]           goal and inputs to a recipe; runs nothing
  millwright do "<goal>" [input…] --out DIR             plan, then run
  millwright edit RECIPE "<change>" [--in INPUT…]       change a recipe in words
  millwright run RECIPE --in INPUT… --out DIR           run a recipe; a folder or a glob makes it a batch
  millwright watch RECIPE --in DIR --out DIR            run each new or changed file of a folder
  millwright undo [BATCH|last] [--dry-run]              take back what a batch wrote
  millwright explain RECIPE [--in INPUT]                what would run, and why each group ends
  millwright eject RECIPE [--in INPUT…] [-o FILE]       a script of its own that makes the same, --as node|sh
  millwright nodes [--json]                             the catalogue of node types
  millwright doctor [--json]                            which tools were found, what is off and why
  millwright store verify | gc [--keep 5GB]             check every artifact, collect garbage

An INPUT is a file, a folder, a glob or a .zip; --in photo=a.jpg binds by name.

  --planner auto|offline|openai   --yes   --json   --set NODE.PARAM=VALUE   --jobs N   --resume   --failed-only
  --skip-existing   --overwrite   --name TEMPLATE   --dry-run   --limit N   -o FILE   --lang en|zh

  --pair name|zip|product        how the files of several folders go together (--in photo=DIR --in mask=DIR)
  --each-row TABLE               a run for each row; --set NODE.PARAM={column:NAME} and --name {column:NAME} take its values
  --commit item|end              results appear one by one, or all at the end (or none)
  --report FILE.json|FILE.csv    what became of each item
  --only-failed-of CAUSE         those that failed for this reason, with what mends it (--set, --timeout)
  --order name|size|newest       which items come first
  --canary                       try one item of each kind and stop; the same command with --resume instead goes on

  watch: --once   --every 30s   --settle 2s   --retry

  run, do, explain: --without RULE   do it as the graph says, without a rule that "explain" names (all: without any)

Exit status: 0 done or planned · 1 failed · 2 usage error · 3 needs an answer · 4 refused · 5 partial`;
