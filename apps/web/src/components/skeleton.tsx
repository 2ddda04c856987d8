/** Stands in for text that is being loaded, in the same height, so that nothing moves when it comes. */
export function Skeleton(props: { className: string }) {
  return <span aria-hidden className={`shimmer block rounded-md ${props.className}`} />
}
