import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readIncidents } from '@tuplescope/incident';
import { profileFor, ALL_PROFILES } from '@tuplescope/kernel-model';
import { readIncidentPackets, explainPackets, compareProfiles, judgePackets } from './src/index.ts';
const [dir, prof, only] = process.argv.slice(2);
const files: any[] = [];
const walk = (d: string) => { for (const f of readdirSync(d)) { const p = join(d, f); if (statSync(p).isDirectory()) walk(p); else if (!only || new RegExp(only).test(p)) files.push({ path: p.slice(dir.length + 1), bytes: readFileSync(p) }); } };
walk(dir);
for (const incident of readIncidents(files)) {
  const packets = readIncidentPackets(incident);
  const profile = profileFor(prof).profile!;
  if (process.env.J) console.log(judgePackets(packets, { profile }));
  if (process.env.P) { const c = compareProfiles(packets); console.log('fit', c.filter((x) => !x.contradictions.length).map((x) => x.profile.id).join(' ')); }
  for (const { explanations } of explainPackets(packets, { profile })) {
    for (const e of explanations) {
      if (!process.env.V && !e.contradiction) continue;
      console.log(`${e.at.file}#${e.at.n}`, e.kind, e.sender, '>', JSON.stringify(e.socket), e.ctstate, e.says, e.contradiction ? '≠ ' + e.contradiction : '');
      if (process.env.W) console.log(JSON.stringify(e.why));
      if (process.env.D) for (const d of e.details) console.log('      ', d);
    }
    if (process.env.V) console.log('--');
  }
}
