// Faults that keep a reader out, as a list of texts: controls without a name, identifiers that occur twice,
// regions that scroll but cannot be reached by keyboard, text too close in colour to what is behind it, data
// that is shown as text.
const faults = [];
const shown = element => element.checkVisibility({visibilityProperty: true});
const tell = (element, what) => faults.push(`${what}: ${element.outerHTML.slice(0, 100)}`);
const all = selector => [...document.querySelectorAll(selector)].filter(shown);

const nameOf = element => element.getAttribute('aria-label') || element.labels?.[0]?.textContent || element.textContent;
for (const element of all('button, a, input, summary, [role=button], [role=img], [role=region], nav'))
  if (!nameOf(element).trim()) tell(element, 'no name');
for (const select of all('select'))
  if (!select.labels.length) tell(select, 'no name');

const ids = [...document.querySelectorAll('[id]')].map(({id}) => id);
for (const id of ids.filter((id, at) => ids.indexOf(id) !== at)) faults.push(`twice: #${id}`);
if (all('main').length !== 1 || all('h1').length !== 1) faults.push('not one main and one h1');

for (const element of all('script, style, template')) tell(element, 'is shown');

const scrolls = element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowY) &&
  (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1);
for (const element of all('body *'))
  if (scrolls(element) && element.tabIndex < 0 && !element.querySelector('button, a, input, select, [tabindex="0"]'))
    tell(element, 'scrolls, but cannot be focused');

// Colours as [red, green, blue, opacity], by the definitions of WCAG 2.
const colour = text => {
  const [r, g, b, opacity = 1] = text.match(/[\d.]+/g).map(Number);
  return [r, g, b, opacity];
};
const luminance = ([r, g, b]) => [r, g, b].map(value => value / 255)
  .map(value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
function behind(element) {
  for (let at = element; at; at = at.parentElement) {
    const found = colour(getComputedStyle(at).backgroundColor);
    if (found[3] === 1) return found;
  }
  return [255, 255, 255, 1];
}
const texts = all('body *').filter(element => !element.disabled && !element.closest('script, style') &&
  [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()));
for (const element of texts) {
  const {color, fill} = getComputedStyle(element), drawn = element.closest('svg text');
  const pair = [colour(drawn ? fill : color), behind(element)].map(luminance).sort((a, b) => b - a);
  const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
  if (contrast < 4.5) tell(element, `contrast of ${contrast.toFixed(2)}`);
}
return faults;
