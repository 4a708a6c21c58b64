let measuring = false;

/** Enters `siftbook:cut` on the page's timeline: from `start` until the frame that shows the change was handed to the screen. */
export function measurePainted(start: number, work: number): void {
  if (measuring || typeof requestAnimationFrame === 'undefined') return;
  measuring = true;
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      measuring = false;
      performance.measure('siftbook:cut', { start, end: performance.now(), detail: { work } });
    };
    port2.postMessage(0);
  });
}
