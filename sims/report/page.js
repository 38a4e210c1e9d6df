// Plays the walks of a report. No library, no network: all it needs lies in the page.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const data = JSON.parse(document.getElementById("walks").textContent);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const SOIL = 46;
  const pressed = (button, is) => button.setAttribute("aria-pressed", String(is));

  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const numbers = (text, size) => {
    const view = new DataView(bytes(text).buffer);
    const read = (_, i) => (size === 4 ? view.getFloat32(4 * i, true) : view.getInt16(2 * i, true));
    return Float64Array.from({ length: view.byteLength / size }, read);
  };

  // Skins and walks are unpacked when they are first needed.
  const once = (table, unpack) => {
    const kept = {};
    return (name) => (kept[name] ??= unpack(table[name]));
  };
  const skinOf = once(data.skins, (skin) => ({
    ...skin,
    counts: bytes(skin.counts),
    bones: bytes(skin.bones),
    numbers: numbers(skin.numbers, 4),
  }));
  const walkOf = once(data.walks, (walk) => {
    const { low, step, frames } = walk.poses;
    const width = low.length;
    const poses = numbers(walk.poses.data, 2).map((value, i) => low[i % width] + step[i % width] * value);
    return { ...walk, poses, width, last: frames - 1, seconds: (frames - 1) * walk.dt };
  });

  // A pose between two frames.
  const poseAt = (walk, time) => {
    const at = Math.min(Math.max(time / walk.dt, 0), walk.last);
    const frame = Math.min(Math.floor(at), Math.max(walk.last - 1, 0));
    const from = frame * walk.width;
    const to = Math.min(frame + 1, walk.last) * walk.width;
    const mean = (_, i) => walk.poses[from + i] + (at - frame) * (walk.poses[to + i] - walk.poses[from + i]);
    return Float64Array.from({ length: walk.width }, mean);
  };

  // A vertex of the skin is a sum over bones: so much of its place, so far along it, so far to its left.
  const verticesOf = (skin, pose) => {
    const made = [];
    let k = 0;
    for (const count of skin.counts) {
      let x = 0, y = 0;
      for (let n = 0; n < count; n++, k++) {
        const bone = 3 * skin.bones[k];
        const c = Math.cos(pose[bone + 2]), s = Math.sin(pose[bone + 2]);
        const [share, along, left] = skin.numbers.subarray(3 * k, 3 * k + 3);
        x += share * pose[bone] + along * c - left * s;
        y += share * pose[bone + 1] + along * s + left * c;
      }
      made.push([x, y]);
    }
    return made;
  };

  const heightAt = (land, x) => {
    const i = land.findIndex((corner) => x <= corner[0]);
    if (i < 1) return land.length ? land[i ? land.length - 1 : 0][1] : 0;
    const [[a, b], [c, d]] = [land[i - 1], land[i]];
    return b + ((d - b) * (x - a)) / (c - a);
  };

  const roundStep = (least) => {
    const power = 10 ** Math.floor(Math.log10(least));
    return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= 0.999 * least);
  };
  const written = (value, digits) => value.toFixed(digits).replace(/^-(?=[0.]*$)/, "").replace("-", "−");

  class Player {
    constructor(box) {
      const find = (name) => box.querySelector(name);
      this.box = box;
      this.canvas = find("canvas");
      this.pen = this.canvas.getContext("2d");
      this.walk = walkOf(box.dataset.walk);
      this.skin = skinOf(this.walk.skin);
      [this.slider, this.button, this.said] = [find("input"), find(".play"), find("output")];
      this.now = box.closest(".take").querySelector(".now");
      this.speeds = [...box.querySelectorAll("[data-speed]")];
      [this.time, this.speed, this.playing, this.seen] = [0, 1, false, true];
      this.start = this.walk.poses[3 * this.walk.root];
      for (const one of [this.button, this.canvas]) one.addEventListener("click", () => this.play(!this.playing));
      for (const one of this.speeds) one.addEventListener("click", () => this.pace(one));
      this.slider.addEventListener("input", () => {
        this.play(false);
        this.seek(this.slider.value * this.walk.seconds);
      });
      new ResizeObserver(() => this.draw()).observe(this.canvas);
      new IntersectionObserver(([seen]) => {
        this.seen = seen.isIntersecting;
        if (this.seen && box.dataset.auto && !calm) this.play(true);
        if (this.seen) delete box.dataset.auto;
      }).observe(this.canvas);
    }

    pace(button) {
      this.speed = Number(button.dataset.speed);
      for (const one of this.speeds) pressed(one, one === button);
    }

    play(playing) {
      const begins = playing && !this.playing;
      if (begins && this.time >= this.walk.seconds) this.time = 0;
      this.playing = playing;
      this.button.textContent = playing ? "Pause" : "Play";
      this.before = performance.now();
      if (begins) requestAnimationFrame((now) => this.tick(now));
    }

    tick(now) {
      if (!this.playing) return;
      const passed = Math.min(Math.max(now - this.before, 0), 100) / 1000;
      const next = this.time + passed * this.speed;
      this.before = now;
      // At the end it stands for a moment, then it walks again; out of sight it waits.
      if (this.seen) this.seek(next > this.walk.seconds + 0.8 ? 0 : next);
      requestAnimationFrame((later) => this.tick(later));
    }

    seek(time) {
      this.time = time;
      this.draw();
    }

    draw() {
      const ratio = devicePixelRatio || 1;
      const [wide, high] = [this.canvas.clientWidth, this.canvas.clientHeight];
      if (!wide || !high) return;
      [this.canvas.width, this.canvas.height] = [Math.round(wide * ratio), Math.round(high * ratio)];
      this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      const time = Math.min(this.time, this.walk.seconds);
      const pose = poseAt(this.walk, time);
      const at = pose[3 * this.walk.root];
      const [back, front, tall] = this.walk.size;
      const unit = Math.min(wide / (1.2 * (back + front)), (high - SOIL - 24) / Math.max(1.03 * tall, 1.95));
      const x = at + (front - back) / 2;
      const ground = heightAt(this.walk.land, at);
      const place = (a, b) => [wide / 2 + (a - x) * unit, high - SOIL - (b - ground) * unit];
      const reach = wide / 2 / unit;
      this.world({ unit, place, from: x - reach, to: x + reach, wide, high });
      this.animal(unit, place, verticesOf(this.skin, pose));
      this.tell(time, at - this.start);
    }

    world(look) {
      const { pen, walk } = this;
      const sky = pen.createLinearGradient(0, 0, 0, look.high);
      sky.addColorStop(0, css("--sky-top"));
      sky.addColorStop(0.85, css("--sky-low"));
      pen.fillStyle = sky;
      pen.fillRect(0, 0, look.wide, look.high);
      [pen.font, pen.textAlign] = [`12px ${css("--font")}`, "center"];
      this.people(look);
      const ends = [look.from - 1, look.to + 1].map((x) => [x, heightAt(walk.land, x)]);
      const inner = walk.land.filter(([x]) => x > ends[0][0] && x < ends[1][0]);
      const line = [ends[0], ...inner, ends[1]].map(([x, y]) => look.place(x, y));
      pen.beginPath();
      for (const point of [[-99, look.high + 9], ...line, [look.wide + 99, look.high + 9]]) pen.lineTo(...point);
      pen.closePath();
      pen.fillStyle = css("--soil");
      pen.fill();
      [pen.strokeStyle, pen.lineWidth] = [css("--soil-line"), 2];
      pen.stroke();
      const step = roundStep(70 / look.unit);
      const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
      pen.fillStyle = css("--soil-words");
      for (let n = Math.floor((look.from - this.start) / step); n * step + this.start <= look.to + step; n++) {
        const [at] = look.place(n * step + this.start, 0);
        pen.fillRect(at - 0.75, look.high - 36, 1.5, 8);
        pen.fillText(n ? `${written(n * step, digits)} m` : "start", at, look.high - 11);
      }
    }

    // A person stands by every so many metres, so that one is seen most of the time.
    people(look) {
      const { pen, walk } = this;
      const apart = Math.max(1.1 * (look.to - look.from), 3);
      const first = this.start + walk.size[1] + 0.9;
      for (let n = Math.max(Math.floor((look.from - first) / apart), 0); first + n * apart < look.to + 1; n++) {
        const x = first + n * apart;
        const feet = heightAt(walk.land, x);
        pen.fillStyle = css("--person");
        pen.beginPath();
        for (const [a, b] of data.person.points) pen.lineTo(...look.place(x + a, feet + b));
        pen.fill();
        const [across, above] = look.place(x, feet + data.person.height);
        pen.fillStyle = css("--soil-words");
        pen.fillText(`${data.person.height} m`, across, above - 6);
      }
    }

    // Far side, body, near side: each with one line round the whole of it.
    animal(unit, place, vertices) {
      const { pen, skin } = this;
      const points = vertices.map(([x, y]) => place(x, y));
      pen.lineJoin = "round";
      pen.lineWidth = 2 * Math.min(Math.max((unit * this.walk.hip) / 100, 0.5), 1.4);
      pen.strokeStyle = skin.colours.line;
      for (const pass of [0, 1, 2, 3, 4, 5]) {
        let end = 0;
        for (const [role, count, group, edged] of skin.parts) {
          end += count;
          if (group !== pass >> 1 || (pass % 2 === 0 && !edged)) continue;
          pen.beginPath();
          for (const point of points.slice(end - count, end)) pen.lineTo(...point);
          pen.closePath();
          pen.fillStyle = skin.colours[role];
          pass % 2 ? pen.fill() : pen.stroke();
        }
      }
    }

    tell(time, ahead) {
      const share = this.walk.seconds ? time / this.walk.seconds : 0;
      this.slider.value = share;
      this.said.textContent = `${written(time, 1)} s, ${written(ahead, 1)} m`;
      const { start, end } = this.now.dataset;
      const at = Number(start) + share * (end - start);
      for (const name of ["x1", "x2"]) this.now.setAttribute(name, at);
    }
  }

  // A walk is unpacked when it comes near, so that a page with many of them opens at once.
  const players = new Map();
  const near = new IntersectionObserver((seen) => {
    for (const { target } of seen.filter((one) => one.isIntersecting && !players.has(one.target))) {
      players.set(target, new Player(target));
    }
  }, { rootMargin: "400px" });
  for (const article of document.querySelectorAll(".walkers")) {
    const takes = [...article.querySelectorAll(".take")];
    const tabs = [...article.querySelectorAll(".tabs button")];
    const show = (number) => takes.forEach((take, i) => {
      take.hidden = i !== number;
      if (tabs[i]) pressed(tabs[i], i === number);
      if (i !== number) players.get(take.querySelector(".player"))?.play(false);
    });
    tabs.forEach((tab, i) => tab.addEventListener("click", () => show(i)));
    show(0);
    for (const box of article.querySelectorAll(".player")) near.observe(box);
  }
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
})();
