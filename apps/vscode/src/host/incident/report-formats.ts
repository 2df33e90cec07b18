import type { ReportFormat } from '../../protocol/analysis.ts';
import type { Translate } from '../translate.ts';

/** A way to write a report, as it is offered. */
export interface OfferedFormat {
  readonly format: ReportFormat;
  readonly label: string;
  readonly detail: string;
  /** Of the file's name. */
  readonly ending: string;
  /** The editor's language for it. */
  readonly language: string;
}

/** The ways to write a report, the one for a ticket first. */
export function reportFormats(t: Translate): readonly OfferedFormat[] {
  return [
    {
      format: 'markdown',
      label: t('Markdown'),
      detail: t('For a ticket: findings, evidence, what helps, a diagram of the packets.'),
      ending: 'md',
      language: 'markdown',
    },
    {
      format: 'html',
      label: t('HTML'),
      detail: t('One page to send: with the ladder, and the evidence among the lines around it.'),
      ending: 'html',
      language: 'html',
    },
    {
      format: 'sarif',
      label: t('SARIF'),
      detail: t('For code scanning and other editors.'),
      ending: 'sarif',
      language: 'json',
    },
    {
      format: 'json',
      label: t('JSON'),
      detail: t('For other programs.'),
      ending: 'json',
      language: 'json',
    },
    {
      format: 'text',
      label: t('Text'),
      detail: t('As the command line prints it.'),
      ending: 'txt',
      language: 'plaintext',
    },
  ];
}
