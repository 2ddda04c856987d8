/** A placeholder of the same height as the text that is loading, so that nothing shifts. */
export function Skeleton(props: { className: string }) {
  return <span aria-hidden className={`shimmer block rounded-md ${props.className}`} />
}
