import { type ChangeEvent, type PointerEvent, useState } from 'react'

/** Which day of a chart is pointed at, by mouse, finger or keyboard; null while none is. */
export function useDayCursor(options: { count: number; today: number }) {
  const { count, today } = options
  const [index, setIndex] = useState<number | null>(null)
  const shown = index === null ? null : Math.min(index, count - 1)

  function point(event: PointerEvent<HTMLElement>): void {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const at = Math.floor(((event.clientX - left) / width) * count)
    setIndex(Math.min(count - 1, Math.max(0, at)))
  }

  return {
    index: shown,
    /** Of the chart itself. */
    pointer: {
      onPointerDown: point,
      onPointerMove: point,
      onPointerLeave: ({ pointerType }: PointerEvent) => {
        // A finger leaves as soon as it is lifted; what it pointed at stays readable.
        if (pointerType === 'mouse') setIndex(null)
      },
    },
    /** Of a range over the days. */
    range: {
      min: 0,
      max: count - 1,
      value: shown ?? today,
      onFocus: () => setIndex(shown ?? today),
      onBlur: () => setIndex(null),
      onChange: (event: ChangeEvent<HTMLInputElement>) => setIndex(Number(event.target.value)),
    },
  }
}
