// Loads every class of a plugin under a PHP of WebAssembly, and parses its other files.
//
//     node load.mjs MODULES VERSION PLUGIN
//
// MODULES is the folder in which npm installed package.json beside this. Prints one JSON
// object: the PHP that ran, how many files were loaded and parsed, and what it complained of.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [modules, version, folder] = process.argv.slice(2);
const plugin = resolve(folder);
const require = createRequire(join(resolve(modules), 'x.js'));
const { PHP, loadPHPRuntime } = require('@php-wasm/universal');
const binary = require(`@php-wasm/node-${version.replace('.', '-')}`);
const php = new PHP(await loadPHPRuntime(await binary.getPHPLoaderModule()));

php.mkdir('/plugin');
for (const each of readdirSync(plugin, { recursive: true, withFileTypes: true })) {
	const file = join(each.parentPath ?? each.path, each.name);
	if (each.isFile() && file.endsWith('.php')) {
		const name = file.slice(plugin.length).replaceAll('\\', '/');
		php.mkdir(`/plugin${name.slice(0, name.lastIndexOf('/'))}`);
		php.writeFile(`/plugin${name}`, readFileSync(file));
	}
}
php.writeFile('/load.php', readFileSync(new URL('load.php', import.meta.url)));
const { text, errors } = await php.run({ scriptPath: '/load.php' });
process.stderr.write(errors);
process.stdout.write(text, () => process.exit(0));
