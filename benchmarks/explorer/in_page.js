// From a click to the first frame after the page shows its result, measured where it happens.
// `sees` tells what is shown, as a text; when it is another than before the click, the result is there.
window.bench = (() => {
  const frame = (done) => requestAnimationFrame(() => {
    const after = new MessageChannel(); // a frame's callbacks run before it is painted, and this after
    after.port1.onmessage = () => done(performance.now());
    after.port2.postMessage(null);
  });
  const shown = (sees) => new Promise((done, failed) => {
    const before = sees();
    setTimeout(failed, 60000, new Error("nothing was shown for a minute"));
    const watch = new MutationObserver(() => {
      if (sees() === before) return;
      watch.disconnect();
      frame(done);
    });
    watch.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  const click = async (act, sees) => {
    const painted = shown(sees), start = performance.now();
    act();
    return (await painted) - start;
  };
  return { click, frame };
})();
