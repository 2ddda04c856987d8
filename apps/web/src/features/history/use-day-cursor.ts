import { type ChangeEvent, type PointerEvent, useState } from 'react'

/** The selected day of a chart, by mouse, touch or keyboard; null if none is. */
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
    /** Handlers of the chart itself. */
    pointer: {
      onPointerDown: point,
      onPointerMove: point,
      onPointerLeave: ({ pointerType }: PointerEvent) => {
        // A touch ends when the finger is lifted; its selection stays readable.
        if (pointerType === 'mouse') setIndex(null)
      },
    },
    /** Handlers of a range input over the days. */
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
