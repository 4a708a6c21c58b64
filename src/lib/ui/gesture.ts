/** What a drag does; `end` is told whether it was let go (true) or given up by Escape or the browser. */
export interface Gesture {
  move(event: PointerEvent): void;
  end(keep: boolean): void;
}

/** Follows a pressed pointer over `target` until it is let go. Browsers send one move a frame, just before it is drawn. */
export function follow(target: HTMLElement, pressed: PointerEvent, { move, end }: Gesture): void {
  target.setPointerCapture(pressed.pointerId);
  const finish = (keep: boolean) => {
    target.removeEventListener('pointermove', move);
    target.removeEventListener('pointerup', up);
    target.removeEventListener('pointercancel', stop);
    window.removeEventListener('keydown', escape, true);
    end(keep);
  };
  const up = () => finish(true);
  const stop = () => finish(false);
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    finish(false);
  };
  target.addEventListener('pointermove', move);
  target.addEventListener('pointerup', up);
  target.addEventListener('pointercancel', stop);
  window.addEventListener('keydown', escape, true);
}
