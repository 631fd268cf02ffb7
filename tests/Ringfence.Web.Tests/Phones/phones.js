// Phones in a page. Each keeps what it hears of its registration and of its call, in order; said() waits for a word.
window.phones = {};
window.phone = (name, domain, server, password) => {
  const context = new AudioContext();
  const microphone = context.createMediaStreamDestination();
  const stream = microphone.stream;
  const heard = [];
  const agent = new JsSIP.UA({
    uri: `sip:${name}@${domain}`,
    password,
    sockets: [new JsSIP.WebSocketInterface(server)],
    register_expires: 600,
    session_timers: false,
  });
  const phone = { agent, heard, session: null, sound: [] };
  const hear = (word) => heard.push(word);
  agent.on("registered", () => hear("registered"));
  agent.on("unregistered", () => hear("unregistered"));
  agent.on("registrationFailed", (e) => hear(`registration failed ${e.response ? e.response.status_code : e.cause}`));
  agent.on("newRTCSession", ({ session, originator }) => {
    phone.session = session;
    session.on("progress", (e) => hear(`progress ${e.response ? e.response.status_code : "sent"}`));
    session.on("confirmed", () => {
      phone.early = phone.sound.length;
      hear("confirmed");
    });
    const listen = (connection) => connection.addEventListener("track", (e) => record(phone, e.track));
    if (session.connection) listen(session.connection);
    else session.on("peerconnection", (e) => listen(e.peerconnection));
    session.on("hold", (e) => hear(`held by ${e.originator}`));
    session.on("unhold", (e) => hear(`resumed by ${e.originator}`));
    session.on("ended", (e) => hear(`ended by ${e.originator}`));
    session.on("failed", (e) => {
      const reason = e.message && e.message.getHeader ? e.message.getHeader("Reason") : "";
      hear(`failed ${e.message && e.message.status_code ? e.message.status_code : e.cause} ${reason || ""}`.trim());
    });
    if (originator === "remote") {
      hear(`called by ${session.remote_identity.uri.user}`);
      session.answer({ mediaStream: stream });
    }
  });
  // Speaks a tone of half the full scale.
  phone.speak = (frequency) => {
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(new GainNode(context, { gain: 0.5 })).connect(microphone);
    tone.start();
  };
  phone.call = (to) => agent.call(to, { mediaStream: stream, pcConfig: { iceServers: [] } });
  window.phones[name] = phone;
  agent.start();
};
window.said = (name, word) =>
  new Promise((resolve, reject) => {
    const until = performance.now() + 20000;
    const look = () => {
      const found = window.phones[name].heard.find((heard) => heard.startsWith(word));
      if (found !== undefined) resolve(found);
      else if (performance.now() > until) reject(new Error(`${name} did not hear "${word}" but ${window.phones[name].heard}`));
      else setTimeout(look, 20);
    };
    look();
  });
// What a telephone plays, sample by sample, as the sound card would get it.
const recorder = `registerProcessor("recorder", class extends AudioWorkletProcessor {
  process([input]) {
    if (input.length) this.port.postMessage(Int16Array.from(input[0], (s) => Math.round(s * 32767)));
    return true;
  }
});`;
window.record = async (phone, track) => {
  // After a hold the same track is told of once more.
  if (phone.track === track) return;
  phone.track = track;
  const stream = new MediaStream([track]);
  // A remote track is decoded only while an element plays it.
  phone.speaker = new Audio();
  phone.speaker.muted = true;
  phone.speaker.srcObject = stream;
  phone.speaker.play();
  const context = (phone.context = new AudioContext({ sampleRate: 16000 }));
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([recorder], { type: "text/javascript" })));
  const node = new AudioWorkletNode(context, "recorder");
  node.port.onmessage = (e) => phone.sound.push(e.data);
  context.createMediaStreamSource(stream).connect(node).connect(context.destination);
};
const base64 = (blocks) =>
  btoa(blocks.map((block) => String.fromCharCode(...new Uint8Array(block.buffer))).join(""));
// The samples before the answer, 16 bits each, in base64.
window.heardEarly = (name) => base64(phones[name].sound.slice(0, phones[name].early));
// The next two seconds.
window.hears = async (name) => {
  const { sound } = phones[name];
  const from = sound.length;
  while (sound.length - from < 250) await new Promise((resolve) => setTimeout(resolve, 20));
  return base64(sound.slice(from));
};
