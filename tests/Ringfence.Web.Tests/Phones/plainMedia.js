// Plain RTP in place of WebRTC, which the gate does not speak: what the phones say stays JsSIP's, only their descriptions are these.
window.RTCPeerConnection = class extends EventTarget {
  signalingState = "stable";
  iceConnectionState = "connected";
  iceGatheringState = "complete";
  connectionState = "connected";
  localDescription = null;
  remoteDescription = null;
  #describe = (type) => Promise.resolve({
    type,
    sdp: "v=0\r\no=- 7 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\na=sendrecv\r\n",
  });
  createOffer() { return this.#describe("offer"); }
  createAnswer() { return this.#describe("answer"); }
  setLocalDescription(description) { this.localDescription = description; return Promise.resolve(); }
  setRemoteDescription(description) { this.remoteDescription = description; return Promise.resolve(); }
  addTrack() {}
  getSenders() { return []; }
  close() { this.signalingState = "closed"; }
};
