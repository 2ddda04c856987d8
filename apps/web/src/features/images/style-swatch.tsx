import type { CardStyle } from '@tollgate/contract/copy'

/** A style as an icon. */
export function StyleSwatch(props: { style: CardStyle }) {
  const [from, to, shape] = COLORS[props.style]
  const id = `swatch-${props.style}`
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 shrink-0 rounded-md">
      <defs>
        <linearGradient id={id} x2="1" y2="1">
          <stop stopColor={from} />
          <stop offset="1" stopColor={to} />
        </linearGradient>
      </defs>
      <rect width="20" height="20" fill={`url(#${id})`} />
      <circle cx="13.5" cy="7" r="3" fill={shape} />
      <path d="m0 16 6-5 5 4 4-3 5 4v4H0z" fill={shape} opacity=".55" />
    </svg>
  )
}

const COLORS: Record<CardStyle, readonly [string, string, string]> = {
  aurora: ['#0b6b4f', '#5b4bd6', '#c6f5e0'],
  paper: ['#f4ead8', '#e2c9a4', '#a5623a'],
  night: ['#0a1330', '#2b3a74', '#e9edff'],
}
