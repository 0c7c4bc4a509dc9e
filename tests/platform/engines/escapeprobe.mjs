// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A function that tries to get out of its box. Each attempt answers "allowed" or why it was refused; the
// test says which may be allowed.
import { execFileSync, spawnSync } from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns/promises';
import fs from 'node:fs';
import net from 'node:net';

let isRoots = false; // the kernel does not limit the number of root's processes: the box is ended for it
const attempts = {};
const attempt = (name, work) => { attempts[name] = work; };

// Files of the host
for (const path of ['/etc/passwd', '/etc/shadow', '/etc/hostname', '/etc/ssl/private', '/root', '/home', '/var', '/sys', '/run', '/boot', '/mnt', '/opt', '/srv']) {
    attempt(`look at ${path}`, () => fs.statSync(path));
}
for (const path of ['/usr/bin/x', '/code/x', '/nest/x', '/x', '/dev/x', '/dev/shm/x', '/proc/x']) {
    attempt(`write ${path}`, () => fs.writeFileSync(path, 'x'));
}
attempt('write /tmp/x', () => fs.writeFileSync('/tmp/x', 'x'));
attempt('change /nest/main.mjs', () => fs.chmodSync('/nest/main.mjs', 0o777));
attempt('fill /tmp beyond its size', () => {
    for (let i = 0; i < 3; ++i) {
        fs.writeFileSync(`/tmp/big${i}`, Buffer.alloc(30 * 1024 * 1024));
    }
});
attempt('write one file beyond the limit', () => {
    const file = fs.openSync('/tmp/one', 'w');
    fs.ftruncateSync(file, 80 * 1024 * 1024);
});
attempt('make a device', () => run('/usr/bin/mknod', '/tmp/disk', 'b', '8', '0'));
attempt('use the disk', () => fs.readdirSync('/dev').filter((name) => /^(sd|vd|nvme|loop|mem$|kmem|kvm)/.test(name)).length || refuse('none there'));

// Network
attempt('TCP to loopback', () => connect({ host: '127.0.0.1', port: 22 }));
attempt('TCP to the world', () => connect({ host: '1.1.1.1', port: 443 }));
attempt('TCP over IPv6', () => connect({ host: '::1', port: 22 }));
attempt('listen on TCP', () => new Promise((done, fail) => net.createServer().on('error', fail).listen(0, done)));
attempt('UDP', () => new Promise((done, fail) => dgram.createSocket('udp4').on('error', fail).bind(0, done)));
attempt('resolve a name', () => dns.lookup('example.org'));
for (const [name, family] of [['netlink', 16], ['packet', 17], ['vsock', 40], ['bluetooth', 31], ['alg', 38]]) {
    attempt(`socket of family ${name}`, () => python(`import socket; socket.socket(${family}, socket.SOCK_RAW if ${family} != 40 else socket.SOCK_STREAM)`));
}
attempt('abstract Unix socket of the host', () => connect({ path: '\0nest-escape-probe' }));

// Processes
attempt('see other processes', () => {
    const names = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => {
        try { return fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim(); } catch { return 'gone'; }
    });
    return names.every((name) => ['bwrap', 'node', 'gone'].includes(name) || name.startsWith('node')) ? refuse(`only ${names}`) : names;
});
attempt('signal process 1', () => process.kill(1, 'SIGKILL') && fs.readFileSync('/proc/1/comm') && refuse('it lives'));
attempt('signal process 12345', () => process.kill(12345, 0));
attempt('trace process 1', () => python('import ctypes, os; c = ctypes.CDLL(None, use_errno=True); r = c.ptrace(16, 1, 0, 0); raise SystemExit(0 if r == 0 else os.strerror(ctypes.get_errno()))'));
attempt('read memory of process 1', () => fs.openSync('/proc/1/mem', 'r'));
attempt('read environment of process 1', () => fs.readFileSync('/proc/1/environ', 'utf8').length || refuse('empty'));
attempt('follow /proc/1/root', () => fs.readdirSync('/proc/1/root/etc').includes('shadow') || refuse('it is the box'));
attempt('follow /proc/1/cwd', () => fs.existsSync('/proc/1/cwd/../../etc/shadow') || refuse('it is the box'));
attempt('start many processes', () => isRoots ? refuse('ended for it: see the next test') : python('import os, time\nfor i in range(150):\n    if os.fork() == 0:\n        time.sleep(2); os._exit(0)'));
attempt('become root', () => process.setuid(0));
attempt('become root by sudo or su', () => run('/usr/bin/su', '-c', 'true'));
attempt('raise the priority', () => python('import os; os.setpriority(os.PRIO_PROCESS, 0, -10)'));
attempt('raise a limit', () => python('import resource as r; r.setrlimit(r.RLIMIT_CORE, (1, 1))'));
attempt('be safe from the OOM killer', () => fs.writeFileSync('/proc/self/oom_score_adj', '-1000'));
attempt('write memory of process 1', () => fs.closeSync(fs.openSync('/proc/1/mem', 'r+')));
attempt('find process 1 with less fences', () => /NoNewPrivs:\t1[^]*Seccomp:\t2/.test(fs.readFileSync('/proc/1/status', 'utf8')) &&
    /CapEff:\t0000000000000000/.test(fs.readFileSync('/proc/1/status', 'utf8')) && refuse('it has them too'));

// Kernel
const call = (code) => python(`import ctypes, os; c = ctypes.CDLL(None, use_errno=True); r = ${code}; raise SystemExit(0 if r >= 0 else os.strerror(ctypes.get_errno()))`);
attempt('new user namespace', () => call('c.unshare(0x10000000)'));
attempt('new mount namespace', () => call('c.unshare(0x00020000)'));
attempt('new namespace by clone', () => call('c.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)'));
attempt('new namespace by clone3', () => call('c.syscall(435, 0, 0)'));
attempt('enter a namespace', () => call('c.setns(os.open("/proc/1/ns/mnt", os.O_RDONLY), 0)'));
attempt('mount', () => call('c.mount(b"none", b"/tmp", b"tmpfs", 0, 0)'));
attempt('remount / writable', () => call('c.mount(b"none", b"/", 0, 32, 0)'));
attempt('unmount /code', () => call('c.umount2(b"/code", 2)'));
attempt('chroot', () => call('c.chroot(b"/tmp")'));
attempt('pivot_root', () => call('c.syscall(155, b"/tmp", b"/tmp")'));
attempt('open by handle', () => call('c.syscall(304, 0, 0, 0)'));
attempt('bpf', () => call('c.syscall(321, 0, 0, 0)'));
attempt('perf_event_open', () => call('c.syscall(298, 0, 0, -1, -1, 0)'));
attempt('userfaultfd', () => call('c.syscall(323, 0)'));
attempt('io_uring', () => call('c.syscall(425, 1, 0)'));
attempt('kernel keys', () => call('c.syscall(250, 0, -3, 1)'));
attempt('kernel log', () => call('c.syscall(103, 10, 0, 0)'));
attempt('load a module', () => call('c.syscall(313, 0, 0, 0)'));
attempt('set the clock', () => call('c.syscall(227, 0, b"\\0" * 16)'));
attempt('set the host name', () => call('c.sethostname(b"x", 1)'));
attempt('read another process by process_vm_readv', () => call('c.syscall(310, 1, 0, 0, 0, 0, 0)'));
attempt('switch address randomisation off', () => call('c.personality(0x0040000)'));
attempt('type into a terminal', () => call('c.ioctl(0, 0x5412, b"x")'));
attempt('32-bit system calls', () => python('import ctypes, mmap\nm = mmap.mmap(-1, 4096, prot=7)\nm.write(bytes.fromhex("b81400000053cd805bc3"))\nf = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))\nf()'));
for (const path of ['/proc/sys/kernel/core_pattern', '/proc/sys/vm/overcommit_memory', '/proc/sysrq-trigger', '/proc/sys/kernel/ns_last_pid', '/proc/self/uid_map']) {
    // Opened, not written: where the box has a hole, the test must not change the machine.
    attempt(`open ${path} for writing`, () => fs.closeSync(fs.openSync(path, 'r+')));
}
attempt('read /proc/kcore', () => fs.readSync(fs.openSync('/proc/kcore', 'r'), Buffer.alloc(16)) || refuse('empty'));
attempt('read /proc/kallsyms addresses', () => /^0*[1-9a-f]/m.test(fs.readFileSync('/proc/kallsyms', 'utf8').slice(0, 4000)) || refuse('zeros'));
attempt('read core_pattern', () => fs.readFileSync('/proc/sys/kernel/core_pattern'));

function refuse(why) {
    throw new Error(why);
}

function run(program, ...words) {
    const result = spawnSync(program, words, { encoding: 'utf8', timeout: 5000 });
    if (result.error || result.status !== 0) {
        refuse(result.error?.message ?? (result.stderr.trim() || result.signal || `exit code ${result.status}`));
    }
}

function python(code) {
    run('/usr/bin/python3', '-S', '-c', code);
}

function connect(where) {
    return new Promise((done, fail) => {
        const socket = net.connect(where, () => { socket.destroy(); done(); });
        socket.on('error', fail);
    });
}

const limit = (name) => new Promise((_, fail) => setTimeout(() => fail(new Error(`${name}: no end within 5 s`)), 5000).unref());

export async function handler(event) {
    isRoots = event.query.root === '1';
    const results = {};
    for (const [name, work] of Object.entries(attempts)) {
        try {
            await Promise.race([Promise.resolve().then(work), limit(name)]);
            results[name] = 'allowed';
        } catch (error) {
            results[name] = error.code ?? error.message.split('\n').pop();
        }
        for (const file of fs.readdirSync('/tmp')) {
            fs.rmSync(`/tmp/${file}`);
        }
    }
    return { results, python: execFileSync('/usr/bin/python3', ['-S', '-c', 'print("works")'], { encoding: 'utf8' }) };
}
