/** Gives a handle the focus for its keys without the ring that is meant for those who came by keyboard. */
export function grip(handle: HTMLElement | null | undefined): void {
  if (!handle) return;
  handle.dataset.grip = '';
  handle.focus({ preventScroll: true });
  const clear = () => {
    delete handle.dataset.grip;
    handle.removeEventListener('keydown', clear);
    handle.removeEventListener('blur', clear);
  };
  handle.addEventListener('keydown', clear);
  handle.addEventListener('blur', clear);
}
