'use strict';

// JSON lines: one command a line in, one answer or event a line out.

const readline = require('node:readline');

function say(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}

/**
 * Answers each command with the outcome of its handler, under the command's id. Commands may overlap. The end of the
 * input ends the process, so that no peer outlives the test that started it.
 */
function serve(handlers) {
  const input = readline.createInterface({ input: process.stdin, terminal: false });
  input.on('line', async (text) => {
    let id = null;
    try {
      const command = JSON.parse(text);
      id = command.id;
      const handler = handlers[command.op];
      if (!handler) {
        throw new Error(`unknown op ${command.op}; one of ${Object.keys(handlers).join(', ')} is expected`);
      }
      say({ id, ...(await handler(command)) });
    } catch (error) {
      say({ id, outcome: 'error', message: error.message });
    }
  });
  input.on('close', () => process.exit(0));
}

module.exports = { say, serve };
