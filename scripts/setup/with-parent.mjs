/** Loaded before the server by `npm start`: ends it when npm has gone. npm passes SIGTERM only to the shell between them, which passes on nothing. */
const parent = process.ppid;
setInterval(() => {
	if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 500).unref();
