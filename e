--data-dir needs the name of a folder.

Usage: hookbench serve [flags]     (or npm run serve -- [flags])
  --data-dir <folder>     where everything is kept
  --receiver-port <port>  where calls are received (default 4870, 0 = any free one)
  --control-port <port>   where the screens and the calls for scripts are (default 4871, 0 = any free one)
  --token <token>         the bearer token for scripts (or HOOKBENCH_TOKEN); at least 8 characters
  --no-open               do not open the browser
  --help                  this text
