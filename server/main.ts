/** The web server, as `npm start` runs it: `millwright serve` under another name. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { main } = await import('./cli/main.ts');
process.exitCode = await main(['serve', ...process.argv.slice(2)]);
