/**
 * Makes what `npm pack` ships. Node refuses to strip types below `node_modules`, so that the package carries the server as it is built into
 * `dist/server`, the page, and the recipes that come with the product.
 */
import { buildClient } from './client.mjs';
import { currentNode } from './packages.mjs';
import { buildServer } from './server.mjs';

const node = await currentNode();
await buildClient(node);
if (!(await buildServer(node))) process.exitCode = 1;
