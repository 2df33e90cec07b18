import { collectScript, kubectlScript } from './collect-script.ts';
import { type CollectOptions, readCollectSettings } from './collect-settings.ts';
import { runScript } from './run-script.ts';
import { type Terminal, write } from './terminal.ts';

/**
 * Prints the shell script that gathers an incident from the network namespace of a pod, or runs it;
 * gives 0 where that went well, else 2.
 */
export async function collect(
  pod: string | undefined,
  options: CollectOptions,
  terminal: Terminal,
): Promise<0 | 2> {
  const settings = readCollectSettings(pod, options);
  const script = options.kubectl ? kubectlScript(settings) : collectScript(settings);
  if (options.run) return (await runScript(script, terminal)) === 0 ? 0 : 2;
  await write(terminal.stdout, script);
  return 0;
}
