import { FAMILIES } from '../ladder/fonts.ts';
import { DARK, LIGHT, type Palette } from '../ladder/palette.ts';

/** The style sheet of a page of explanations: the ladder's colours, on a screen and on paper. */
export function pageCss(): string {
  return [
    `:root{color-scheme:light dark;${variables(LIGHT)}}`,
    `@media screen and (prefers-color-scheme:dark){:root{${variables(DARK)}}}`,
    `body{font-family:${FAMILIES.sans}}`,
    `code,.number,.place,.time{font-family:${FAMILIES.mono}}`,
    SHEET,
  ].join('\n');
}

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');
}

const SHEET = `*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font-size:15px;line-height:1.5}
header,main,footer{max-width:1480px;margin:0 auto;padding:0 20px}
header{padding-top:28px}
h1{font-size:30px;line-height:1.2;margin:0 0 18px;overflow-wrap:anywhere}
h2{font-size:20px;line-height:1.3;margin:44px 0 4px;overflow-wrap:anywhere}
p{margin:0 0 12px;max-width:96ch}
.quiet{color:var(--quiet)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;margin:0}
dt{color:var(--quiet)}
dd{margin:0;overflow-wrap:anywhere;min-width:0}
header dl{border:1px solid var(--line);border-radius:8px;background:var(--raised);padding:14px 18px}
.name{font-weight:700}
.against{color:var(--against);font-weight:600}
figure{margin:24px 0 0;overflow-x:auto}
figure svg{display:block;width:100%;min-width:880px;height:auto}
.table{overflow-x:auto;margin-top:12px}
table{border-collapse:collapse;width:100%;min-width:960px;font-size:13.5px;line-height:1.4}
th{text-align:left;font-weight:600;color:var(--quiet);border-bottom:2px solid var(--line);padding:6px 10px 6px 8px;white-space:nowrap}
td{vertical-align:top;border-bottom:1px solid var(--line);padding:8px 10px 8px 8px}
tr.collision td{background:var(--band)}
tr.collision td:first-child{box-shadow:inset 4px 0 var(--bad)}
tr.fold td{color:var(--quiet);text-align:center;font-style:italic}
.number,.place,.time{font-size:12.5px;white-space:nowrap}
.place{white-space:normal;min-width:15ch;overflow-wrap:anywhere;color:var(--quiet)}
.way{white-space:nowrap}
.entry{min-width:150px}
.part{display:inline-block;color:var(--bad);font-size:11.5px;font-weight:700}
.verdict{display:inline-block;border:1.5px solid var(--good);border-radius:11px;padding:1px 9px;background:var(--goodPaper);color:var(--good);font-size:11.5px;font-weight:700}
.verdict.bad{border-color:var(--badPaper);background:var(--badPaper);color:var(--badInk)}
.nat{color:var(--nat);white-space:nowrap}
.lost{color:var(--bad);font-weight:600}
.says{overflow-wrap:anywhere;width:38%;min-width:300px}
details{margin-top:4px}
summary{cursor:pointer;color:var(--nat);width:max-content}
summary:focus-visible{outline:2px solid var(--nat);outline-offset:2px}
details dl{margin:6px 0 4px;padding:8px 12px;border-left:3px solid var(--line);background:var(--raised)}
code{font-size:12.5px;overflow-wrap:anywhere}
footer{color:var(--quiet);padding-top:28px;padding-bottom:36px}
@page{size:A4 landscape;margin:12mm}
@media print{
body{font-size:10pt}
header,main,footer{max-width:none;padding-left:0;padding-right:0}
figure,.table{overflow:visible}
figure svg,table,.says{min-width:0}
figure svg{max-height:118mm}
h1{font-size:16pt;margin-bottom:8px}
h2{font-size:12pt;margin-top:20px}
table{font-size:8pt}
.number,.place,.time,code{font-size:7.5pt}
figure,tr,header dl{break-inside:avoid}
h2{break-after:avoid}
details:not([open]){display:none}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}`;
