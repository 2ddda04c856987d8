import { CARD_PIXELS, type CardSize } from '@tollgate/contract/copy'

/** A size as an icon of its shape, as large as the line allows. */
export function SizeShape(props: { size: CardSize }) {
  const { width, height } = CARD_PIXELS[props.size]
  const scale = 18 / Math.max(width, height)
  const [w, h] = [width * scale, height * scale]
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 shrink-0">
      <rect
        x={10 - w / 2}
        y={10 - h / 2}
        width={w}
        height={h}
        rx="1.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </svg>
  )
}
