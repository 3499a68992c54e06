// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "epolleventdispatcher_p.h"
#include "mailbox_p.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <condition_variable>
#include <future>
#include <mutex>
#include <sys/socket.h>
#include <unistd.h>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A QSemaphore that ThreadSanitizer understands: Qt's waits inside its library.
class Semaphore
{
public:
    void release()
    {
        const std::lock_guard lock(m_mutex);
        ++m_count;
        m_changed.notify_all();
    }

    [[nodiscard]] bool tryAcquire(int count, std::chrono::seconds patience)
    {
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait_for(lock, patience, [&] { return m_count >= count; }))
            return false;
        m_count -= count;
        return true;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_count = 0;
};

} // namespace

/// Every test runs in a thread whose event loop is the dispatcher.
class TestEpollEventDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void postedEvents();
    void wakeUpsAreNotLost();
    void timersFireInOrder();
    void aTimerMayStopItselfAndOthers();
    void remainingTimeAndList();
    void zeroTimer();
    void nestedLoopDoesNotReenterATimer();
    void sockets();
    void aNotifierMayRemoveItsNeighbour();
    void manySockets();
    void quitWhileBlocked();

private:
    /// Runs @p function in the thread and waits for it.
    template<typename Function>
    void inThread(Function function)
    {
        const auto done = std::make_shared<std::promise<void>>();
        m_worker->post([function, done] {
            function();
            done->set_value();
        });
        done->get_future().wait();
    }

    std::unique_ptr<QThread> m_thread;
    std::unique_ptr<Mailbox> m_worker;
};

void TestEpollEventDispatcher::init()
{
    m_thread = std::make_unique<QThread>();
    m_thread->setEventDispatcher(new EpollEventDispatcher);
    m_worker = std::make_unique<Mailbox>();
    m_worker->moveToThread(m_thread.get());
    m_thread->start();
}

void TestEpollEventDispatcher::cleanup()
{
    if (m_thread->isRunning())
        inThread([] {}); // it has done all before its objects are deleted here
    m_thread->quit();
    QVERIFY(m_thread->wait(20s));
    m_worker.reset();
    m_thread.reset();
}

void TestEpollEventDispatcher::postedEvents()
{
    QList<int> order;
    for (int i = 0; i < 100; ++i)
        m_worker->post([&order, i] { order.append(i); });
    inThread([] {});
    QCOMPARE(order.size(), 100);
    QVERIFY(std::ranges::is_sorted(order));
}

void TestEpollEventDispatcher::wakeUpsAreNotLost()
{
    // Several threads post at once, and each event must be delivered though nothing else happens.
    constexpr int perThread = 5000;
    Semaphore delivered;
    std::vector<std::unique_ptr<QThread>> posters;
    for (int t = 0; t < 3; ++t) {
        posters.emplace_back(QThread::create([&] {
            for (int i = 0; i < perThread; ++i)
                m_worker->post([&delivered] { delivered.release(); });
        }));
        posters.back()->start();
    }
    for (const auto &poster : posters)
        poster->wait();
    QVERIFY(delivered.tryAcquire(3 * perThread, 20s));

    // One at a time: the loop has gone back to sleep before each.
    for (int i = 0; i < 2000; ++i) {
        m_worker->post([&delivered] { delivered.release(); });
        QVERIFY(delivered.tryAcquire(1, 20s));
    }
}

void TestEpollEventDispatcher::timersFireInOrder()
{
    Semaphore done;
    QList<int> order;
    inThread([&] {
        for (const int delay : {60, 20, 40, 0}) {
            QTimer::singleShot(delay, m_worker.get(), [&order, &done, delay] {
                order.append(delay);
                done.release();
            });
        }
    });
    QVERIFY(done.tryAcquire(4, 20s));
    QCOMPARE(order, (QList<int>{0, 20, 40, 60}));
}

void TestEpollEventDispatcher::aTimerMayStopItselfAndOthers()
{
    Semaphore done;
    int first = 0;
    int second = 0;
    std::unique_ptr<QTimer> a;
    std::unique_ptr<QTimer> b;
    inThread([&] {
        a = std::make_unique<QTimer>();
        b = std::make_unique<QTimer>();
        QObject::connect(a.get(), &QTimer::timeout, m_worker.get(), [&] {
            ++first;
            a->stop();
            b.reset();
            QTimer::singleShot(30, m_worker.get(), [&] { done.release(); });
        });
        QObject::connect(b.get(), &QTimer::timeout, m_worker.get(), [&] { ++second; });
        a->start(5);
        b->start(6);
        while (a->remainingTime() > 0 || b->remainingTime() > 0)
            QThread::yieldCurrentThread(); // until both are due in one turn
    });
    QVERIFY(done.tryAcquire(1, 20s));
    QCOMPARE(first, 1);
    QCOMPARE(second, 0);
    inThread([&] { a.reset(); });
}

void TestEpollEventDispatcher::remainingTimeAndList()
{
    inThread([&] {
        QTimer timer;
        timer.start(10s);
        QVERIFY(timer.remainingTimeAsDuration() > 5s && timer.remainingTimeAsDuration() <= 10s);
        const auto *dispatcher = QAbstractEventDispatcher::instance();
        const auto timers = dispatcher->timersForObject(&timer);
        QCOMPARE(timers.size(), 1);
        QCOMPARE(timers.first().interval, std::chrono::nanoseconds(10s));
        timer.stop();
        QVERIFY(dispatcher->timersForObject(&timer).isEmpty());
        QCOMPARE(timer.remainingTime(), -1);
    });
}

void TestEpollEventDispatcher::zeroTimer()
{
    Semaphore ticks;
    std::unique_ptr<QTimer> timer;
    inThread([&] {
        timer = std::make_unique<QTimer>();
        QObject::connect(timer.get(), &QTimer::timeout, m_worker.get(), [&] { ticks.release(); });
        timer->start(0);
    });
    QVERIFY(ticks.tryAcquire(100, 20s));
    Semaphore posted; // and posted events are not starved by it
    m_worker->post([&] { posted.release(); });
    QVERIFY(posted.tryAcquire(1, 20s));
    inThread([&] { timer.reset(); });
}

void TestEpollEventDispatcher::nestedLoopDoesNotReenterATimer()
{
    Semaphore done;
    int depth = 0;
    int deepest = 0;
    int turns = 0;
    std::unique_ptr<QTimer> timer;
    inThread([&] {
        QObject::connect(QAbstractEventDispatcher::instance(),
                         &QAbstractEventDispatcher::aboutToBlock, m_worker.get(), [&] { ++turns; });
        QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake,
                         m_worker.get(), [&] { ++turns; });
        timer = std::make_unique<QTimer>();
        QObject::connect(timer.get(), &QTimer::timeout, m_worker.get(), [&] {
            deepest = std::max(deepest, ++depth);
            QEventLoop loop;
            QTimer::singleShot(20, &loop, &QEventLoop::quit);
            loop.exec();
            --depth;
            timer->stop();
            done.release();
        });
        timer->start(1);
    });
    QVERIFY(done.tryAcquire(1, 20s));
    QCOMPARE(deepest, 1);
    inThread([&] {
        QAbstractEventDispatcher::instance()->disconnect(m_worker.get());
        timer.reset();
    });
    QVERIFY2(turns < 100, "the nested loop spins while the timer is due and may not fire");
}

void TestEpollEventDispatcher::sockets()
{
    std::unique_ptr<QTcpServer> server;
    quint16 port = 0;
    inThread([&] {
        server = std::make_unique<QTcpServer>();
        QVERIFY(server->listen(QHostAddress::LocalHost));
        port = server->serverPort();
        QObject::connect(server.get(), &QTcpServer::newConnection, server.get(), [&] {
            QTcpSocket *socket = server->nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket,
                             [socket] { socket->write(socket->readAll()); });
        });
    });
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, port);
    QVERIFY(client.waitForConnected(20'000));
    const QByteArray sent = QByteArray("0123456789").repeated(300'000);
    client.write(sent);
    QByteArray received;
    QTRY_VERIFY_WITH_TIMEOUT((received += client.readAll()).size() >= sent.size(), 20'000);
    QVERIFY(received == sent);
    inThread([&] { server.reset(); });
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QAbstractSocket::UnconnectedState, 20'000);
}

void TestEpollEventDispatcher::aNotifierMayRemoveItsNeighbour()
{
    int pair[2];
    QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    Semaphore done;
    std::unique_ptr<QSocketNotifier> reader;
    std::unique_ptr<QSocketNotifier> writer;
    int written = 0;
    QCOMPARE(::write(pair[1], "x", 1), 1);
    inThread([&] {
        reader = std::make_unique<QSocketNotifier>(pair[0], QSocketNotifier::Read);
        writer = std::make_unique<QSocketNotifier>(pair[0], QSocketNotifier::Write);
        QObject::connect(reader.get(), &QSocketNotifier::activated, m_worker.get(), [&] {
            writer.reset();
            reader->setEnabled(false);
            QTimer::singleShot(20, m_worker.get(), [&] { done.release(); });
        });
        QObject::connect(writer.get(), &QSocketNotifier::activated, m_worker.get(),
                         [&] { ++written; });
    });
    QVERIFY(done.tryAcquire(1, 20s));
    QCOMPARE(written, 0);
    inThread([&] { reader.reset(); });
    ::close(pair[0]);
    ::close(pair[1]);
}

void TestEpollEventDispatcher::manySockets()
{
    constexpr int count = 300; // more than one epoll_wait returns
    std::vector<std::array<int, 2>> pairs(count);
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    Semaphore done;
    for (auto &pair : pairs)
        QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()), 0);
    inThread([&] {
        for (auto &pair : pairs) {
            auto notifier = std::make_unique<QSocketNotifier>(pair[0], QSocketNotifier::Read);
            QObject::connect(notifier.get(), &QSocketNotifier::activated, m_worker.get(),
                             [&done, n = notifier.get()] {
                                 n->setEnabled(false);
                                 done.release();
                             });
            notifiers.push_back(std::move(notifier));
        }
    });
    for (auto &pair : pairs)
        QCOMPARE(::write(pair[1], "x", 1), 1);
    QVERIFY(done.tryAcquire(count, 20s));
    inThread([&] { notifiers.clear(); });
    for (auto &pair : pairs) {
        ::close(pair[0]);
        ::close(pair[1]);
    }
}

void TestEpollEventDispatcher::quitWhileBlocked()
{
    inThread([] {});
    m_thread->quit();
    QVERIFY(m_thread->wait(20s));
}

QTEST_GUILESS_MAIN(TestEpollEventDispatcher)
#include "tst_epolleventdispatcher.moc"
