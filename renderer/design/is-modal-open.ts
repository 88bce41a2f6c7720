// Whether a window is open over the page. Its keys are its own from the first moment on, also before the focus has moved into it.

export const isModalOpen = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
