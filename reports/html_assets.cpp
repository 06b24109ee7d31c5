// Style and behaviour of the HTML page.

#include "reports/html_sections.hpp"

namespace audit::html_report {

std::string_view style_sheet() {
  return R"css(:root{--bg:#fff;--fg:#1c2128;--soft:#59636e;--line:#d5dae0;--panel:#f5f7f9;--error:#c62f2f;--warning:#a86500;--note:#2f6fb3;
--good:#1d7a3d;--del:#ffebe9;--ins:#e0f7e6;--accent:#2f6fb3}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--bg:#14171c;--fg:#dde3ea;--soft:#98a3af;--line:#333b45;--panel:#1d2229;
--error:#ff7b72;--warning:#e3a73b;--note:#76b3f5;--good:#56c271;--del:#41191b;--ins:#12351f;--accent:#76b3f5}}
:root[data-theme=dark]{--bg:#14171c;--fg:#dde3ea;--soft:#98a3af;--line:#333b45;--panel:#1d2229;--error:#ff7b72;--warning:#e3a73b;--note:#76b3f5;
--good:#56c271;--del:#41191b;--ins:#12351f;--accent:#76b3f5}
:root[data-theme=dark]{color-scheme:dark}:root[data-theme=light]{color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1180px;padding:20px;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
h1{font-size:22px;margin:0}h2{font-size:18px;margin:28px 0 10px}h3{font-size:14px;margin:0 0 8px;color:var(--soft)}
h2 small{font-weight:400;color:var(--soft);font-size:14px}
header{display:flex;align-items:center;gap:12px;flex-wrap:wrap}
.meta{color:var(--soft);flex:1;font-size:13px}
.pill{padding:3px 12px;border-radius:99px;font-weight:600;color:var(--bg)}.pill.good{background:var(--good)}.pill.bad{background:var(--error)}
button,select,input[type=search]{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:4px 10px}
button{cursor:pointer}#theme{font-size:18px;line-height:1;padding:4px 8px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(120px,1fr));gap:10px;margin:16px 0}
.card{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:10px 14px}
.card b{display:block;font-size:26px;line-height:1.2}.card span{color:var(--soft);font-size:13px}
.card.error b{color:var(--error)}.card.warning b{color:var(--warning)}.card.note b{color:var(--note)}.card.none b{color:var(--soft)}
.problem{border-left:4px solid var(--error);background:var(--panel);padding:8px 12px;overflow-wrap:anywhere}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:10px}
.chart{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 14px;min-width:0}
.bar{display:grid;grid-template-columns:minmax(110px,30%) 1fr 56px;gap:8px;align-items:center;padding:2px 4px;border-radius:4px}
.bar[data-source]{cursor:pointer}.bar[data-source]:hover,.bar[data-source]:focus-visible{background:var(--bg)}
.bar .name{overflow-wrap:anywhere;font-size:13px;line-height:1.3}.bar small{display:block;color:var(--soft)}
.track{display:flex;height:14px;background:var(--line);border-radius:3px;overflow:hidden}
.track i.error,.dot.error{background:var(--error)}.track i.warning,.dot.warning{background:var(--warning)}.track i.note,.dot.note{background:var(--note)}
.n{text-align:right;font-variant-numeric:tabular-nums}
svg{width:100%;height:auto}svg text{font-size:10px;fill:var(--soft)}
svg .error{fill:var(--error)}svg .warning{fill:var(--warning)}svg .note{fill:var(--note)}svg .ground{fill:var(--line)}svg .broken{fill:var(--error)}
#filters{position:sticky;top:0;z-index:1;display:flex;gap:8px;flex-wrap:wrap;align-items:center;background:var(--bg);padding:8px 0;border-bottom:1px solid var(--line)}
#search{flex:1 1 220px}#filters select{max-width:220px}
.chip{display:flex;gap:5px;align-items:center;border:1px solid var(--line);border-radius:99px;padding:2px 11px 2px 7px;cursor:pointer;white-space:nowrap}
.chip small{color:var(--soft)}.chip.error{accent-color:var(--error)}.chip.warning{accent-color:var(--warning)}.chip.note{accent-color:var(--note)}
#shown{color:var(--soft);font-size:13px;white-space:nowrap}
.check{border:1px solid var(--line);border-radius:8px;margin:10px 0;background:var(--panel);overflow:hidden}
.check>summary{padding:9px 12px;cursor:pointer;overflow-wrap:anywhere}
.check>table{background:var(--bg)}.why{margin:0;padding:2px 14px 10px;color:var(--soft);font-size:14px}
.badge{display:inline-block;min-width:66px;text-align:center;border:1px solid;border-radius:4px;font-size:12px;padding:0 6px}
.badge.error{color:var(--error)}.badge.warning{color:var(--warning)}.badge.note{color:var(--note)}
.count{display:inline-block;background:var(--line);border-radius:99px;padding:0 9px;font-size:13px}
.title{color:var(--soft)}.profile{float:right;color:var(--soft);font-size:13px}
table{border-collapse:collapse;width:100%;font-size:14px}td,th{text-align:left;vertical-align:top;padding:6px 10px;border-top:1px solid var(--line);overflow-wrap:anywhere}
th{color:var(--soft);font-weight:500}.dot{display:inline-block;width:9px;height:9px;border-radius:9px}
.finding td:first-child{width:28px}.id{width:27%;font-family:ui-monospace,monospace;font-size:13px}.id small{display:block;color:var(--soft);font-family:system-ui,sans-serif}
.repair{width:17%}.tag{display:inline-block;border:1px solid var(--line);border-radius:4px;padding:0 6px;font-size:12px;color:var(--soft);margin-bottom:2px}
.tag.planned{border-color:var(--good);color:var(--good)}
.evidence>summary{color:var(--accent);font-size:13px;cursor:pointer}dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px;margin:4px 0;font-size:13px}
dt{color:var(--soft)}dd{margin:0;font-family:ui-monospace,monospace}
.more,.nothing{color:var(--soft);padding:6px 14px;margin:0}
.change{border:1px solid var(--line);border-radius:8px;margin:8px 0;overflow:hidden}.what{background:var(--panel);padding:6px 10px;overflow-wrap:anywhere}
.what .for{float:right;color:var(--soft);font-size:13px}.key{font-family:ui-monospace,monospace;font-size:13px}
.change table{table-layout:fixed}.change td{font-family:ui-monospace,monospace;font-size:13px}.change th:first-child{width:180px}
.op{border-radius:4px;padding:0 7px;font-size:12px;border:1px solid}.op.update{color:var(--warning)}.op.insert{color:var(--good)}.op.delete{color:var(--error)}
.before:not(:empty){background:var(--del)}.after:not(:empty){background:var(--ins)}.coverage,.absent{margin-top:24px}.coverage table{margin-top:10px}
summary{cursor:pointer}[hidden]{display:none!important}
@media (max-width:700px){.meta{order:1;flex-basis:100%}#theme{margin-left:auto}
.id,.repair{width:auto}.finding td{display:block;border:0;padding:2px 12px}.finding td:first-child{width:auto;float:left;padding-right:0}
.finding{display:block;border-top:1px solid var(--line);padding:6px 0}.profile,.what .for{float:none;display:block}.change th:first-child{width:90px}}
@media print{#filters,#theme{display:none}}
)css";
}

std::string_view script() {
  return R"js('use strict';
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = id => document.getElementById(id);
  const root = document.documentElement;
  const dark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const params = new URLSearchParams(location.hash.slice(1));
  if (['dark', 'light'].includes(params.get('theme'))) root.dataset.theme = params.get('theme');
  const form = one('filters');
  const state = () => {
    const now = new URLSearchParams();
    if (form) {
      if (one('search').value.trim()) now.set('q', one('search').value.trim());
      const on = all('[name=severity]').filter(box => box.checked).map(box => box.value);
      if (on.length < 3) now.set('severity', on.join(','));
      for (const id of ['source', 'check']) if (one(id).value) now.set(id, one(id).value);
    }
    return now;
  };
  const remember = () => {
    const now = state();
    if (root.dataset.theme) now.set('theme', root.dataset.theme);
    try { history.replaceState(null, '', now.toString() ? '#' + now : location.pathname + location.search); } catch (error) { /* a sandboxed frame */ }
  };
  one('theme').addEventListener('click', () => { root.dataset.theme = dark() ? 'light' : 'dark'; remember(); });
  if (!form) return;
  const checks = all('.check').map(element => ({
    element, check: element.dataset.check, open: element.open,
    head: element.querySelector('summary').textContent.toLowerCase(),
    rows: all('.finding', element).map(row => ({row, text: row.textContent.toLowerCase(), severity: row.dataset.severity, source: row.dataset.source}))
  }));
  const total = checks.reduce((sum, check) => sum + check.rows.length, 0);
  const more = one('shown').dataset.more ? ', ' + one('shown').dataset.more + ' more are not on this page' : '';
  const apply = () => {
    const words = one('search').value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set(all('[name=severity]').filter(box => box.checked).map(box => box.value));
    const source = one('source').value, wanted = one('check').value;
    const chosen = words.length > 0 || source !== '' || wanted !== '';
    let shown = 0;
    for (const check of checks) {
      let here = 0;
      for (const item of check.rows) {
        const fits = (!wanted || check.check === wanted) && (!source || item.source === source) && severities.has(item.severity) &&
          words.every(word => item.text.includes(word) || check.head.includes(word));
        item.row.hidden = !fits;
        if (fits) here++;
      }
      check.element.hidden = here === 0;
      check.element.open = chosen ? here > 0 : check.open;
      shown += here;
    }
    one('shown').textContent = (shown === total ? total + ' shown' : shown + ' of ' + total + ' shown') + more;
    one('nothing').hidden = shown > 0;
    remember();
  };
  const restore = () => {
    const now = new URLSearchParams(location.hash.slice(1));
    one('search').value = now.get('q') || '';
    const on = now.has('severity') ? now.get('severity').split(',') : ['error', 'warning', 'note'];
    for (const box of all('[name=severity]')) box.checked = on.includes(box.value);
    for (const id of ['source', 'check']) one(id).value = now.get(id) || '';
    for (const id of ['source', 'check']) if (one(id).selectedIndex < 0) one(id).value = '';
    apply();
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  addEventListener('hashchange', restore);
  const choose = element => {
    const select = one('source');
    select.value = select.value === element.dataset.source ? '' : element.dataset.source;
    if (select.selectedIndex < 0) select.value = '';
    apply();
  };
  for (const bar of all('.bar[data-source]')) {
    bar.addEventListener('click', () => choose(bar));
    bar.addEventListener('keydown', event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(bar); } });
  }
  restore();
})();
)js";
}

}  // namespace audit::html_report
