import type { ChosenLineage } from '../explanation/choose-lineages.ts';
import type { ExplanationKernel } from '../explanation/explanation-report.ts';

/**
 * Says in a few words what a ladder shows: what one would write on the slide.
 *
 * @example
 * headline(chosen, kernel)
 * // 'Port 44410 meets an old socket: the RST is lost, and the connect fails'
 */
export function headline(
  { lineage, notice: { contradictions, collisions, lost } }: ChosenLineage,
  { title, profile }: ExplanationKernel,
): string {
  const port = `Port ${lineage.conversations[0]?.client.port ?? 'unknown'}`;
  const isConnected = lineage.conversations.at(-1)?.state === 'connected';
  if (contradictions > 0)
    return `${port}: ${title ?? profile ?? 'This kernel'} would not have done this`;
  if (collisions === 0) return `${port}, packet by packet`;
  if (lost > 0 && !isConnected)
    return `${port} meets an old socket: the RST is lost, and the connect fails`;
  return isConnected
    ? `${port} meets an old socket: the RST clears the way, and the connect succeeds`
    : `${port} meets an old socket`;
}
