import { ALL_PROFILES, newestMainline, type Profile, profileFor } from '@tuplescope/kernel-model';
import type { ExplanationKernel } from '@tuplescope/report';
import type { Methods } from '../../protocol/channel.ts';
import type { ExplainApi, ExplainWanted, JudgeApi } from '../../protocol/explanations.ts';
import type { SentKnowledge } from '../../protocol/knowledge.ts';
import type { ByteSource } from './byte-source.ts';
import type { CaptureExplainer } from './capture-explainer.ts';
import type { ExplainerOf } from './explain-api.ts';
import { evidenceOf } from './incident-knowledge.ts';
import { type CaptureJudge, judgeCapture } from './judge-capture.ts';
import type { OpenSource } from './open-source.ts';
import { createPause } from './pause.ts';

/** What a worker answers of the one capture that it judges, and what explains that. */
export interface Judging {
  readonly methods: Methods<Omit<JudgeApi, keyof ExplainApi>>;
  /** null: no capture is judged here. */
  readonly explainerOf: ExplainerOf | null;
}

/**
 * Makes what explains one capture file of any size.
 *
 * @param openSource opens the file, or what is packed in it.
 */
export function createJudging(openSource: OpenSource): Judging {
  const pause = createPause();
  let open: { judge: CaptureJudge; source: ByteSource; own: SentKnowledge['kernel'] } | null = null;
  return {
    get explainerOf() {
      if (open === null) return null;
      const { judge, own } = open;
      return ({ profile: name }: ExplainWanted): CaptureExplainer => {
        const { profile, kernel } = kernelFor(name, own);
        return {
          kernel,
          judge: () => judge.judge(profile),
          lineages: judge.lineages,
          explain: (lineages, numbers) => judge.explain(profile, lineages, numbers),
        };
      };
    },
    methods: {
      openJudge: async ({ source: wanted, path, knowledge }) => {
        await open?.source.close();
        const source = await openSource(wanted);
        const judge = judgeCapture(source, path, evidenceOf(knowledge), { pause });
        open = { judge, source, own: knowledge.kernel };
      },
      judgeProgress: () => open?.judge.progress ?? { done: 0, all: 1 },
      pauseJudging: () => pause.begin(),
    },
  };
}

/** The kernel that was asked for, else the incident's own, else the newest one stands in. */
function kernelFor(
  name: string | null,
  own: SentKnowledge['kernel'],
): { readonly profile: Profile; readonly kernel: ExplanationKernel } {
  const wanted = name ?? own?.profile ?? '';
  const profile =
    ALL_PROFILES.find(({ id }) => id === wanted) ?? profileFor(wanted).profile ?? newestMainline();
  const told =
    name === null
      ? (own ?? {
          confidence: 'unknown',
          why: `Nothing names the kernel: ${profile.id} stands in.`,
        })
      : { confidence: 'certain', why: 'This profile was asked for.' };
  return {
    profile,
    kernel: {
      release: null,
      profile: profile.id,
      title: profile.title,
      confidence: told.confidence as ExplanationKernel['confidence'],
      why: told.why,
      contradictedBy: [],
      consistentProfiles: [],
    },
  };
}
