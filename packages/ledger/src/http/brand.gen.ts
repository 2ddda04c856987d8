/** Generated from packages/brand: `pnpm brand:gen`. */
export const BRAND_STYLE = `:root {
  color-scheme: light dark;
  --canvas: light-dark(#f7faf8, #0d1210);
  --surface: light-dark(#ffffff, #151b18);
  --sunken: light-dark(#eff4f1, #080d0b);
  --ink: light-dark(#16211c, #ecf0ee);
  --muted: light-dark(#545f5a, #a2aca7);
  --line: light-dark(#dce1de, #2b322f);
  --line-strong: light-dark(#7f8984, #6c7872);
  --accent: light-dark(#006749, #5cd9a5);
  --accent-strong: light-dark(#00533a, #80eaba);
  --on-accent: light-dark(#ffffff, #031b13);
  --accent-soft: light-dark(#e1f6ec, #152d24);
  --warn: light-dark(#8f5300, #f3be55);
  --warn-bar: light-dark(#c47800, #eeb23d);
  --warn-soft: light-dark(#fef2d9, #362712);
  --danger: light-dark(#b02b27, #ff9a92);
  --danger-bar: light-dark(#d33c33, #f46f64);
  --danger-soft: light-dark(#ffefed, #3c201d);
  --shadow: light-dark(#1d322812, #00000066);
  --control-radius: 0.625rem;
  --card-radius: 1rem;
  --small-size: 0.8125rem;
  --body-size: 0.9375rem;
  --lead-size: 1.0625rem;
  --heading-size: 1.5rem;
  --display-size: 2.75rem;
  --sans: Geist, ui-sans-serif, system-ui, 'Segoe UI', Helvetica, Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', monospace;
}
`

/** The mark, in the colors of the style sheet. */
export const BRAND_MARK = `<svg class="mark" aria-hidden="true" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="9" fill="var(--accent)" />
  <rect x="6" y="7" width="4" height="18" rx="2" fill="var(--on-accent)" />
  <path d="M10 11.5h4.2l-3 5H10zm6.4 0h4.2l-3 5h-4.2zm6.4 0H26v1.6l-2 3.4h-4.2z" fill="var(--on-accent)" />
</svg>
`
