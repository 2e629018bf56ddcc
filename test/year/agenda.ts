// What people mean to do and when, soonest first; two things of one moment in the order they were planned.

export interface Agenda {
  plan(at: number, act: () => Promise<void>): void
  /** When the next thing comes; null: nobody plans anything. */
  next(): number | null
  /** Takes the next thing out. */
  take(): (() => Promise<void>) | null
  readonly size: number
}

interface Item {
  readonly at: number
  readonly place: number
  readonly act: () => Promise<void>
}

export function createAgenda(): Agenda {
  const heap: Item[] = []
  let planned = 0

  const before = (one: Item | undefined, other: Item | undefined) =>
    one !== undefined &&
    (other === undefined || one.at < other.at || (one.at === other.at && one.place < other.place))

  const swap = (one: number, other: number) => {
    const kept = heap[one] as Item
    heap[one] = heap[other] as Item
    heap[other] = kept
  }

  function sink(from: number): void {
    for (let place = from; ; ) {
      let least = place
      for (const child of [2 * place + 1, 2 * place + 2])
        if (before(heap[child], heap[least])) least = child
      if (least === place) return
      swap(place, least)
      place = least
    }
  }

  return {
    plan(at, act) {
      heap.push({ at, place: planned++, act })
      for (let place = heap.length - 1; place > 0; ) {
        const parent = (place - 1) >> 1
        if (!before(heap[place], heap[parent])) return
        swap(place, parent)
        place = parent
      }
    },
    next: () => heap[0]?.at ?? null,
    take() {
      const first = heap[0]
      const last = heap.pop()
      if (first === undefined || last === undefined) return null
      if (heap.length > 0) {
        heap[0] = last
        sink(0)
      }
      return first.act
    },
    get size() {
      return heap.length
    },
  }
}
