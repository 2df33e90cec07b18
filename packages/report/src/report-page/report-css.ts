import { FAMILIES } from '../ladder/fonts.ts';

/** What a page of findings has beside the sheet of every page. */
export function reportCss(): string {
  return `pre,kbd{font-family:${FAMILIES.mono}}\n${SHEET}`;
}

const SHEET = `h3{font-size:16px;margin:26px 0 6px}
.summary{list-style:none;margin:0 0 18px;padding:0}
.summary li{margin:0 0 8px;display:flex;gap:12px;align-items:baseline}
.summary a{color:inherit;overflow-wrap:anywhere}
.state{flex:none;display:inline-block;min-width:74px;text-align:center;border:1.5px solid var(--line);border-radius:11px;padding:1px 9px;font-size:11.5px;font-weight:700;text-transform:uppercase}
.state.active{background:var(--badPaper);border-color:var(--badPaper);color:var(--badInk)}
.state.latent{border-color:var(--stale);color:var(--stale)}
.state.past{color:var(--quiet)}
section.finding{border-top:1px solid var(--line);margin-top:40px}
section.finding h2{margin-top:24px}
ol,ul{margin:0;padding-left:24px;max-width:100ch}
li{margin:0 0 6px;overflow-wrap:anywhere}
.point{margin:0 0 16px}
.point p{margin:0 0 4px;overflow-wrap:anywhere}
pre{margin:4px 0 0;padding:8px 12px;border:1px solid var(--line);border-radius:6px;background:var(--raised);font-size:12.5px;line-height:1.5;white-space:pre-wrap;overflow-wrap:anywhere}
.line{display:block;color:var(--quiet);padding-left:6ch;text-indent:-6ch}
.line.record{color:var(--ink);font-weight:700;background:var(--band)}
.no{display:inline-block;width:6ch;text-indent:0;color:var(--quiet);font-weight:400;user-select:none}
.works{color:var(--good);font-weight:700}
.fails{color:var(--bad);font-weight:700}
.helps>li{margin-bottom:14px}
footer a,section a{color:var(--nat)}
@media print{
.point,.helps>li{break-inside:avoid}
h3{break-after:avoid;font-size:11pt}
pre{font-size:7.5pt}
}`;
