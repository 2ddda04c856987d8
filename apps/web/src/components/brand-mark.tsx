import { MARK } from '@tollgate/brand'

/** The mark, in the colors of the theme. */
export function BrandMark(props: { className?: string }) {
  const { size, radius, post, arm } = MARK
  return (
    <svg viewBox={`0 0 ${size} ${size}`} aria-hidden="true" className={props.className ?? 'size-8'}>
      <rect width={size} height={size} rx={radius} fill="var(--accent)" />
      <rect
        x={post.x}
        y={post.y}
        width={post.width}
        height={post.height}
        rx={post.radius}
        fill="var(--on-accent)"
      />
      <path d={arm} fill="var(--on-accent)" />
    </svg>
  )
}
