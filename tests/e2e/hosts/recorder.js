  // Every message from a frame, with the frame's number; what is not from a frame has -1.
  window.messages = [];
  addEventListener('message', ({ source, data }) => {
    let frame = -1;
    for (let one = 0; one < frames.length; one += 1) if (frames[one] === source) frame = one;
    messages.push({ frame, data });
  });
  window.send = (frame, message) => frames[frame].postMessage(message, '*');
  window.envelope = (message) => ({ ns: 'ferroscope', v: 1, ...message });
  // The contract's messages of one type from one frame, in order.
  window.heard = (frame, type) =>
    messages.filter((one) => one.frame === frame && one.data?.ns === 'ferroscope' && one.data.type === type).map((one) => one.data);
